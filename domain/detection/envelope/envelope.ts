import type { StateReader, StateWriter } from '../state-bytes.ts';

/** Gains of the means that the width is measured by, and of the shrinking, per value. */
const CENTRE_GAIN = 0.002;
const SPREAD_GAIN = 0.001;
const SHRINKING = 3e-5;
/** Shares of the range and of six mean deviations in the unit of an excess. */
const OF_RANGE = 0.7;
const OF_SPREAD = 0.3 * 6;
/** The first values make the range, and exceed nothing. */
const FIRST_VALUES = 20;
/** However far beyond: ten times as wide is as good as infinite, which is what a constant series would give. */
const MOST_EXCESS = 10;

/** The range in which values have been, slowly shrinking, and by how much one goes beyond it. */
export class Envelope {
  private count = 0;
  private highest = 0;
  private lowest = 0;
  private centre = 0;
  private spread = 0;

  get high(): number {
    return this.highest;
  }

  get low(): number {
    return this.lowest;
  }

  /** By how much it goes beyond the range, in widths of the range as it was before; negative below, 0 within. */
  observe(value: number): number {
    this.count += 1;
    if (this.count === 1) {
      this.highest = value;
      this.lowest = value;
      this.centre = value;
      return 0;
    }
    const width = OF_RANGE * (this.highest - this.lowest) + OF_SPREAD * this.spread;
    const beyond = Math.max(0, value - this.highest) - Math.max(0, this.lowest - value);
    if (beyond > 0) this.highest = value;
    else this.highest -= SHRINKING * (this.highest - this.centre);
    if (beyond < 0) this.lowest = value;
    else this.lowest += SHRINKING * (this.centre - this.lowest);
    this.centre += Math.max(CENTRE_GAIN, 1 / this.count) * (value - this.centre);
    this.spread += Math.max(SPREAD_GAIN, 1 / this.count) * (Math.abs(value - this.centre) - this.spread);
    if (this.count <= FIRST_VALUES || beyond === 0) return 0;
    return Math.sign(beyond) * (width > 0 ? Math.min(Math.abs(beyond) / width, MOST_EXCESS) : MOST_EXCESS);
  }

  encode(writer: StateWriter): void {
    for (const value of [this.count, this.highest, this.lowest, this.centre, this.spread])
      writer.number(value);
  }

  restore(reader: StateReader): void {
    this.count = reader.number();
    this.highest = reader.number();
    this.lowest = reader.number();
    this.centre = reader.number();
    this.spread = reader.number();
  }
}
