import type { Micros } from '../../time/micros.ts';
import type { StateReader, StateWriter } from '../state-bytes.ts';

/** Means of a series by slot of a day or of a week. */
export class CycleMeans {
  private readonly means: Float32Array;
  private readonly counts: Float32Array;
  private readonly cycle: Micros;
  private readonly gain: number;

  /** @param gain least share that a new value has in the mean of its slot */
  constructor(slots: number, cycle: Micros, gain: number) {
    this.means = new Float32Array(slots);
    this.counts = new Float32Array(slots);
    this.cycle = cycle;
    this.gain = gain;
  }

  /** Of the slot of `at`; `otherwise` where nothing was learned yet. */
  mean(at: Micros, otherwise: number): number {
    const slot = this.slot(at);
    return this.counts[slot]! > 0 ? this.means[slot]! : otherwise;
  }

  learn(at: Micros, value: number): void {
    const slot = this.slot(at);
    this.counts[slot] = Math.min(this.counts[slot]! + 1, 1 / this.gain);
    this.means[slot] = this.means[slot]! + (value - this.means[slot]!) / this.counts[slot]!;
  }

  encode(writer: StateWriter): void {
    writer.floats(this.means);
    writer.floats(this.counts);
  }

  restore(reader: StateReader): void {
    reader.floats(this.means);
    reader.floats(this.counts);
  }

  private slot(at: Micros): number {
    const phase = at / this.cycle - Math.floor(at / this.cycle);
    return Math.min(this.means.length - 1, Math.floor(phase * this.means.length));
  }
}
