import { DAY, type Micros } from '../time/micros.ts';
import { HorizonModel, type Range, REGRESSORS } from './horizon-model.ts';
import { SeasonalProfile } from './seasonal-profile.ts';

export interface ForecastShape {
  /** Length of a step; a day is a whole number of steps. */
  step: Micros;
  /** How many steps ahead, each once; none further than a week. */
  horizons: readonly number[];
  /** Share of what comes that intervals are meant to hold. */
  coverage: number;
}

export interface Forecast extends Range {
  /** Start of the step that is forecast. */
  at: Micros;
  /** How many steps ahead of the last one observed. */
  horizon: number;
  /** What came a week before the step; null: not observed. */
  naive: number | null;
}

/** A forecast and what came. */
export interface ScoredForecast extends Forecast {
  actual: number;
}

/** The level of the differences follows them with a time constant of a day. */
const LEVEL_DAYS = 1;
const LARGEST_DIFFERENCE = 1.5;

/** [last step, steps observed, level]. */
const HEAD = 3;

/**
 * Forecasts a series of counts with a daily and a weekly rhythm, from nothing but its past, in constant memory.
 *
 * Works on y = log(1 + value). A profile has a mean of y for each step of the week. What the latest values differ from it
 * says how the next ones will: for each horizon there is a regression of that difference on the last two, a slow level, and
 * those of the same step a day and a week before. Of the regression and the bare profile the one with the smaller recent
 * error is used. Intervals are tracked quantiles of the errors over their expected size, so that they hold their share
 * whatever the distribution.
 */
export class SeriesForecaster {
  private readonly shape: ForecastShape;
  private readonly perDay: number;
  private readonly perWeek: number;
  private readonly memory: Float64Array;
  private readonly head: Float64Array;
  private readonly profile: SeasonalProfile;
  private readonly models: readonly HorizonModel[];
  private readonly levelGain: number;
  /** Of the last week and two steps, by step modulo their number; NaN: not known. */
  private readonly differences: Float64Array;
  private readonly levels: Float64Array;
  private readonly values: Float64Array;

  /** @param memory what {@link state} gave; without it a new one. @throws RangeError when it does not fit the shape */
  constructor(shape: ForecastShape, memory?: Float64Array) {
    const { step, horizons, coverage } = shape;
    this.shape = shape;
    this.perDay = DAY / step;
    this.perWeek = 7 * this.perDay;
    if (!Number.isInteger(this.perDay))
      throw new RangeError(`a day is no whole number of steps of ${step} µs`);
    if (horizons.some((one) => !Number.isInteger(one) || one < 1 || one > this.perWeek)) {
      throw new RangeError('a horizon is a whole number of steps, at least one and at most those of a week');
    }
    const ring = this.perWeek + 2;
    const size =
      HEAD +
      SeasonalProfile.memorySize(this.perDay) +
      3 * ring +
      horizons.reduce((sum, one) => sum + HorizonModel.memorySize(one), 0);
    if (memory !== undefined && memory.length !== size) {
      throw new RangeError(`a forecaster of this shape remembers ${size} numbers, not ${memory.length}`);
    }
    const own = memory === undefined ? new Float64Array(size) : Float64Array.from(memory);
    let from = 0;
    const take = (length: number) => {
      from += length;
      return own.subarray(from - length, from);
    };
    this.memory = own;
    this.levelGain = 1 - Math.exp(-1 / (LEVEL_DAYS * this.perDay));
    this.head = take(HEAD);
    this.profile = new SeasonalProfile(this.perDay, take(SeasonalProfile.memorySize(this.perDay)));
    this.differences = take(ring);
    this.levels = take(ring);
    this.values = take(ring);
    if (memory === undefined)
      for (const one of [this.differences, this.levels, this.values]) one.fill(Number.NaN);
    this.models = horizons.map((one) => new HorizonModel(one, coverage, take(HorizonModel.memorySize(one))));
  }

  /** All that is remembered: a copy. */
  state(): Float64Array {
    return Float64Array.from(this.memory);
  }

  /**
   * Takes what came in the step that starts at `at`. Steps between the last one and this are taken as not known.
   *
   * @param value not negative
   * @returns the forecasts of this step, from the shortest horizon given on
   * @throws RangeError for a step that is not after the last one, or no value
   */
  observe(at: Micros, value: number): ScoredForecast[] {
    const step = Math.floor(at / this.shape.step);
    const last = this.head[1] === 0 ? step - 1 : this.head[0]!;
    if (step <= last) throw new RangeError('steps are observed in their order, each once');
    if (!(value >= 0 && value < Number.POSITIVE_INFINITY)) throw new RangeError('a value is 0 or more');
    // What lies further back than the ring is long is overwritten anyway.
    for (let gap = Math.max(last + 1, step - this.values.length); gap < step; gap += 1) this.skip(gap);
    const y = Math.log1p(value);
    const difference = y - this.profile.at(step);
    const naive = this.valueAt(step - this.perWeek);
    const scored: ScoredForecast[] = [];
    for (const model of this.models) {
      const { horizon } = model;
      const forecast = model.learn(step, y, difference, this.regressors(step - horizon, horizon));
      if (forecast !== null)
        scored.push({ at: step * this.shape.step, horizon, naive, actual: value, ...forecast });
    }
    const level = this.head[2]!;
    const known = Number.isNaN(difference) ? 0 : limited(difference);
    this.head.set([step, this.head[1]! + 1, level + this.levelGain * (known - level)]);
    this.keep(step, difference, value);
    this.profile.learn(step, y);
    return scored;
  }

  /** What is expected after the last step observed, by horizon. Empty in the first day. */
  forecast(): Forecast[] {
    if (this.head[1]! < this.perDay) return [];
    const last = this.head[0]!;
    return this.models.map((model) => {
      const { horizon } = model;
      const step = last + horizon;
      const range = model.foretell(step, this.profile.at(step), this.regressors(last, horizon) ?? NOTHING);
      return { at: step * this.shape.step, horizon, naive: this.valueAt(step - this.perWeek), ...range };
    });
  }

  private skip(step: number): void {
    this.head[0] = step;
    this.keep(step, Number.NaN, Number.NaN);
  }

  private keep(step: number, difference: number, value: number): void {
    const place = step % this.values.length;
    this.differences[place] = difference;
    this.levels[place] = this.head[2]!;
    this.values[place] = value;
  }

  /** As of `step`, for the step `horizon` later; null: that was not observed. */
  private regressors(step: number, horizon: number): Float64Array | null {
    const length = this.values.length;
    const level = this.levels[step % length]!;
    const latest = this.differences[step % length]!;
    if (Number.isNaN(level) || Number.isNaN(latest)) return null;
    const known = (of: number) => {
      const difference = of < 0 ? Number.NaN : this.differences[of % length]!;
      return Number.isNaN(difference) ? level : limited(difference);
    };
    const target = step + horizon;
    const dayBefore = target - Math.ceil(horizon / this.perDay) * this.perDay;
    return Float64Array.of(
      1,
      known(step),
      known(step - 1),
      level,
      known(dayBefore),
      known(target - this.perWeek),
    );
  }

  private valueAt(step: number): number | null {
    if (step < 0) return null;
    const value = this.values[step % this.values.length]!;
    return Number.isNaN(value) ? null : value;
  }
}

const NOTHING = new Float64Array(REGRESSORS);

function limited(difference: number): number {
  return Math.max(-LARGEST_DIFFERENCE, Math.min(LARGEST_DIFFERENCE, difference));
}
