import type { StateReader, StateWriter } from './state-bytes.ts';

/** A normal variable is beyond that in 27 of 10,000 cases. */
const FAR = 3;
const SHARE_FAR = 0.0027;
/** What is supposed at first counts as so many cases. */
const PRIOR_CASES = 1000;

/**
 * By what factor rare deviations of a series are larger than a normal variable's, from how often they are beyond 3: a
 * reading that jumps once a day for no reason shall not be an incident once a day.
 */
export class TailScale {
  private readonly keep: number;
  private far = PRIOR_CASES * SHARE_FAR;
  private cases = PRIOR_CASES;

  /** @param keep share of what was known that is left after a case */
  constructor(keep: number) {
    this.keep = keep;
  }

  /** At least 1. */
  factor(): number {
    return Math.max(1, FAR / quantileBeyond(this.far / this.cases));
  }

  learn(deviation: number): void {
    this.far = this.far * this.keep + (Math.abs(deviation) > FAR ? 1 : 0);
    this.cases = this.cases * this.keep + 1;
  }

  encode(writer: StateWriter): void {
    writer.number(this.far);
    writer.number(this.cases);
  }

  restore(reader: StateReader): void {
    this.far = reader.number();
    this.cases = reader.number();
  }
}

/** The z beyond which, on both sides, a share of a normal variable is (Abramowitz and Stegun, 26.2.23; off by 0.00045). */
function quantileBeyond(share: number): number {
  const t = Math.sqrt(-2 * Math.log(Math.min(0.5, share / 2)));
  const above = 2.515517 + 0.802853 * t + 0.010328 * t * t;
  const below = 1 + 1.432788 * t + 0.189269 * t * t + 0.001308 * t * t * t;
  return Math.max(0.5, t - above / below);
}
