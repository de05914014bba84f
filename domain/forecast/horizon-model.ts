import { QuantileTracker, TRACKER_MEMORY } from './quantile-tracker.ts';
import { RecursiveLeastSquares } from './recursive-least-squares.ts';

/** 1, the last two differences from the profile, their level, and those of the step a day and a week before. */
export const REGRESSORS = 6;

/** Of the recent errors, per step. */
const ERROR_GAIN = 0.01;
const NOISE_GAIN = 0.005;
/** So much of a difference from the profile is learnt from and forecast: what is beyond is an accident. */
const LARGEST_DIFFERENCE = 1.5;
/** Quantiles before anything was seen: those of a normal distribution would be 1.64 for 90 %. */
const FIRST_QUANTILE = 2;

/** Of a step that is yet to come: [its number + 1, expected, low, high, by regression, by the profile]. */
const PENDING = 6;
/** [recent error of the regression, of the profile, variance that counting does not explain, forecasts judged]. */
const HEAD = 4;
/** Forecasts after which errors have a size that their quantiles can be told in. */
const SIZED_AFTER = 30;

export interface Range {
  expected: number;
  low: number;
  high: number;
}

/** Forecasts one horizon from what the series differs from its profile. Constant memory. */
export class HorizonModel {
  readonly horizon: number;
  private readonly regression: RecursiveLeastSquares;
  private readonly head: Float64Array;
  private readonly lower: QuantileTracker;
  private readonly upper: QuantileTracker;
  private readonly pending: Float64Array;

  /**
   * @param coverage share of what comes that intervals are meant to hold
   * @param memory of {@link HorizonModel.memorySize} numbers, zeros for a new one; written to in place
   */
  constructor(horizon: number, coverage: number, memory: Float64Array) {
    this.horizon = horizon;
    let from = 0;
    const take = (length: number) => {
      from += length;
      return memory.subarray(from - length, from);
    };
    this.regression = new RecursiveLeastSquares(
      REGRESSORS,
      take(RecursiveLeastSquares.memorySize(REGRESSORS)),
    );
    this.head = take(HEAD);
    const outside = (1 - coverage) / 2;
    this.lower = new QuantileTracker(outside, -FIRST_QUANTILE, take(TRACKER_MEMORY));
    this.upper = new QuantileTracker(1 - outside, FIRST_QUANTILE, take(TRACKER_MEMORY));
    this.pending = take(PENDING * horizon);
  }

  static memorySize(horizon: number): number {
    return RecursiveLeastSquares.memorySize(REGRESSORS) + HEAD + 2 * TRACKER_MEMORY + PENDING * horizon;
  }

  /**
   * Forecasts a step, and remembers it until that has come.
   *
   * @param step the one that is forecast
   * @param profile what is usual in it, as log(1 + value)
   * @param x regressors as of `horizon` steps before it
   */
  foretell(step: number, profile: number, x: ArrayLike<number>): Range {
    const byRegression = profile + limited(this.regression.predict(x));
    const y = this.head[0]! < this.head[1]! ? byRegression : profile;
    const size = this.errorSize(y);
    const expected = countOf(y);
    const low = countOf(y + Math.min(0, this.lower.value) * size);
    const high = countOf(y + Math.max(0, this.upper.value) * size);
    const place = PENDING * (step % this.horizon);
    this.pending.set([step + 1, expected, low, high, byRegression, profile], place);
    return { expected, low, high };
  }

  /**
   * Learns what came of a step, before the next one is forecast.
   *
   * @param y log(1 + value)
   * @param difference `y` less the profile as it was
   * @param x regressors as of `horizon` steps before it; null where nothing was known then
   * @returns what was forecast; null: nothing
   */
  learn(step: number, y: number, difference: number, x: ArrayLike<number> | null): Range | null {
    const forecast = this.judge(step, y);
    if (x !== null && !Number.isNaN(difference)) this.regression.learn(x, limited(difference));
    return forecast;
  }

  private judge(step: number, y: number): Range | null {
    const place = PENDING * (step % this.horizon);
    if (this.pending[place] !== step + 1) return null;
    const [, expected, low, high, byRegression, profile] = this.pending.subarray(place, place + PENDING);
    const { head } = this;
    head[3]! += 1;
    head[0]! += ERROR_GAIN * (Math.abs(countOf(y) - countOf(byRegression!)) - head[0]!);
    head[1]! += ERROR_GAIN * (Math.abs(countOf(y) - countOf(profile!)) - head[1]!);
    const was = Math.log1p(expected!);
    const error = y - was;
    if (head[3]! > SIZED_AFTER) {
      const score = error / this.errorSize(was);
      this.lower.observe(score);
      this.upper.observe(score);
    }
    const gain = Math.max(NOISE_GAIN, 1 / head[3]!);
    head[2]! += gain * (limited(error) ** 2 - 1 / (1 + expected!) - head[2]!);
    return { expected: expected!, low: low!, high: high! };
  }

  /** Expected size of an error of y: that of counting (of log(1 + n), by the delta method), and the rest. */
  private errorSize(y: number): number {
    return Math.sqrt(Math.exp(-y) + Math.max(0, this.head[2]!) + 1e-4);
  }
}

function limited(difference: number): number {
  return Math.max(-LARGEST_DIFFERENCE, Math.min(LARGEST_DIFFERENCE, difference));
}

/** Never less than nothing. */
function countOf(y: number): number {
  return Math.max(0, Math.expm1(y));
}
