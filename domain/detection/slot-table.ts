import type { StateReader, StateWriter } from './state-bytes.ts';

/**
 * Ratios by time of a cycle (a day, a week), interpolated between the middles of equal slots, so that they do not jump
 * at a full hour. Each slot keeps the information it was learned from, in events; older cycles fade.
 */
export class SlotTable {
  private readonly observed: Float32Array;
  private readonly expected: Float32Array;
  private readonly cycle: number;
  private readonly keep: number;
  /** Slot that was learned last; its information has faded for this cycle. */
  private entered = -1;

  /** @param cycle its length, in the unit of the times given @param keep share of information that is left after a cycle */
  constructor(slots: number, cycle: number, keep: number) {
    this.observed = new Float32Array(slots);
    this.expected = new Float32Array(slots);
    this.cycle = cycle;
    this.keep = keep;
  }

  /** The ratio at a time: what was seen there, and `prior` as if it had been seen in `weight` events. */
  ratio(at: number, prior: number, weight: number): number {
    const { slot, next, share } = this.place(at);
    return (1 - share) * this.slotRatio(slot, prior, weight) + share * this.slotRatio(next, prior, weight);
  }

  /** Events that are known there. */
  information(at: number): number {
    const { slot, next, share } = this.place(at);
    return (1 - share) * this.expected[slot]! + share * this.expected[next]!;
  }

  learn(at: number, observed: number, expected: number): void {
    const { slot, next, share } = this.place(at);
    if (next !== this.entered) {
      this.fade(next);
      this.entered = next;
    }
    this.observed[slot] = this.observed[slot]! + (1 - share) * observed;
    this.expected[slot] = this.expected[slot]! + (1 - share) * expected;
    this.observed[next] = this.observed[next]! + share * observed;
    this.expected[next] = this.expected[next]! + share * expected;
  }

  encode(writer: StateWriter): void {
    writer.number(this.entered);
    writer.floats(this.observed);
    writer.floats(this.expected);
  }

  restore(reader: StateReader): void {
    this.entered = reader.number();
    reader.floats(this.observed);
    reader.floats(this.expected);
  }

  private fade(slot: number): void {
    this.observed[slot] = this.observed[slot]! * this.keep;
    this.expected[slot] = this.expected[slot]! * this.keep;
  }

  private slotRatio(slot: number, prior: number, weight: number): number {
    return (this.observed[slot]! + weight * prior) / (this.expected[slot]! + weight);
  }

  private place(at: number): { slot: number; next: number; share: number } {
    const slots = this.expected.length;
    const phase = at - Math.floor(at / this.cycle) * this.cycle;
    const position = (phase / this.cycle) * slots - 0.5;
    const whole = Math.floor(position);
    return { slot: (whole + slots) % slots, next: (whole + 1) % slots, share: position - whole };
  }
}
