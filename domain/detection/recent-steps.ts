import type { WindowSums } from './models/model.ts';
import type { StateReader, StateWriter } from './state-bytes.ts';

/** Ring of the last steps; one of which nothing is known has no n, and counts for nothing. */
export class RecentSteps {
  private readonly observed: Float32Array;
  private readonly expected: Float32Array;
  private readonly n: Float32Array;
  private next = 0;

  constructor(size: number) {
    this.observed = new Float32Array(size);
    this.expected = new Float32Array(size);
    this.n = new Float32Array(size);
  }

  push(observed: number, expected: number, n: number): void {
    this.observed[this.next] = observed;
    this.expected[this.next] = expected;
    this.n[this.next] = n;
    this.next = (this.next + 1) % this.n.length;
  }

  /** Adds the steps that are `from` to `to` (exclusive) steps ago, 0 being the last, to `window`. */
  add(window: WindowSums, from: number, to: number): void {
    const size = this.n.length;
    for (let back = from; back < to; back += 1) {
      const at = (this.next - 1 - back + 2 * size) % size;
      window.observed += this.observed[at]!;
      window.expected += this.expected[at]!;
      window.n += this.n[at]!;
    }
  }

  encode(writer: StateWriter): void {
    writer.number(this.next);
    for (const values of [this.observed, this.expected, this.n]) writer.floats(values);
  }

  restore(reader: StateReader): void {
    this.next = reader.number();
    for (const values of [this.observed, this.expected, this.n]) reader.floats(values);
  }
}
