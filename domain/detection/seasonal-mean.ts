import { DAY, HOUR, type Micros } from '../time/micros.ts';
import { SlotTable } from './slot-table.ts';
import type { StateReader, StateWriter } from './state-bytes.ts';

const DAY_SLOTS = 48;
const WEEK_SLOTS = 84;
const WEEK = 7 * DAY;
/** Memory of about ten days, and of about four weeks. */
const KEEP_DAY = 0.9;
const KEEP_WEEK = 0.75;
const LEVEL_HALF_LIFE = 4 * DAY;
const RECENT_HALF_LIFE = 2 * HOUR;

/** How much a kind of series is supposed to change over a day and over a week, before that is known. */
export interface ProfilePrior {
  /** What "as at any other time" is worth, in events: the fewer, the wider the band of the first days. */
  day: number;
  week: number;
  /** Whether the last hours tell what to expect where nothing is known: true of numbers, which have a rush hour. */
  follows: boolean;
}

/** Expected per unit of exposure, and how well that is known. */
export interface Expectation {
  mean: number;
  /** Variances of what it is made of, as shares of it. */
  day: number;
  week: number;
  level: number;
}

/**
 * Standard error of what is expected over a time up to `at`, as a share of it. A longer time goes over more slots, whose
 * errors even out.
 */
export function standardError({ day, week, level }: Expectation, span: Micros): number {
  const days = Math.max(1, (span * DAY_SLOTS) / DAY);
  const weeks = Math.max(1, (span * WEEK_SLOTS) / WEEK);
  return Math.sqrt(day / days + week / weeks + level);
}

/**
 * What a series is expected to be at a time: level * day profile * week profile, each a ratio of sums of what was
 * observed to what the other two expected (the conjugate estimate of a gamma prior). What a slot is not known for is
 * taken from the last hours, so that there is something to go by on the first day and on the first weekend.
 */
export class SeasonalMean {
  private readonly day = new SlotTable(DAY_SLOTS, DAY, KEEP_DAY);
  private readonly week = new SlotTable(WEEK_SLOTS, WEEK, KEEP_WEEK);
  private readonly keepLevel: number;
  private readonly keepRecent: number;
  private readonly prior: ProfilePrior;
  private readonly step: Micros;
  /** Steps learned from. */
  private age = 0;
  private levelObserved = 0;
  private levelExposure = 0;
  private recentDay = { observed: 0, expected: 0 };
  private recentWeek = { observed: 0, expected: 0 };

  constructor(step: Micros, prior: ProfilePrior) {
    this.step = step;
    this.prior = prior;
    this.keepLevel = 0.5 ** (step / LEVEL_HALF_LIFE);
    this.keepRecent = 0.5 ** (step / RECENT_HALF_LIFE);
  }

  /** Per unit of exposure; a mean of 0 before anything was learned. */
  expect(at: Micros): Expectation {
    const level = this.level();
    const day = this.dayRatio(at);
    const week = this.weekRatio(at);
    return {
      mean: level * day * week,
      day: 1 / (this.day.information(at) + this.prior.day),
      week: 1 / (this.week.information(at) + this.prior.week),
      level: 1 / (this.levelObserved + 1),
    };
  }

  /**
   * @param weight information per event: 1 if they come by chance alone, less if a series scatters more
   * @param faster 1, or by how much sooner to forget what the level was
   */
  learn(at: Micros, observed: number, exposure: number, weight: number, faster: number): void {
    this.age += 1;
    const seen = weight * observed;
    const day = this.dayRatio(at);
    const week = this.weekRatio(at);
    const keepLevel = this.keepLevel ** faster;
    this.levelObserved = this.levelObserved * keepLevel + seen;
    this.levelExposure = this.levelExposure * keepLevel + weight * exposure * day * week;
    const plain = weight * exposure * this.level();
    this.day.learn(at, seen, plain * week);
    this.week.learn(at, seen, plain * day);
    this.recentDay.observed = this.recentDay.observed * this.keepRecent + seen;
    this.recentDay.expected = this.recentDay.expected * this.keepRecent + plain * week;
    this.recentWeek.observed = this.recentWeek.observed * this.keepRecent + seen;
    this.recentWeek.expected = this.recentWeek.expected * this.keepRecent + plain * day;
  }

  encode(writer: StateWriter): void {
    writer.number(this.age);
    writer.number(this.levelObserved);
    writer.number(this.levelExposure);
    for (const { observed, expected } of [this.recentDay, this.recentWeek]) {
      writer.number(observed);
      writer.number(expected);
    }
    this.day.encode(writer);
    this.week.encode(writer);
  }

  restore(reader: StateReader): void {
    this.age = reader.number();
    this.levelObserved = reader.number();
    this.levelExposure = reader.number();
    this.recentDay = { observed: reader.number(), expected: reader.number() };
    this.recentWeek = { observed: reader.number(), expected: reader.number() };
    this.day.restore(reader);
    this.week.restore(reader);
  }

  private level(): number {
    // Half an event, so that what never happened so far is unlikely and not impossible.
    return this.levelExposure > 0 ? Math.max(this.levelObserved, 0.5) / this.levelExposure : 0;
  }

  /** Of its first day, nothing is known but the last hours; of its first week, nothing but the days before. */
  private dayRatio(at: Micros): number {
    const recent = this.recentRatio(this.recentDay, DAY);
    return this.day.ratio(at, recent, this.prior.day);
  }

  private weekRatio(at: Micros): number {
    const recent = this.recentRatio(this.recentWeek, WEEK);
    return this.week.ratio(at, recent, this.prior.week);
  }

  /** 1 once two cycles are known: what is remarkable now must not pass for what was to be expected. */
  private recentRatio({ observed, expected }: { observed: number; expected: number }, cycle: Micros): number {
    if (!this.prior.follows) return 1;
    const trust = Math.max(0, Math.min(1, 2 - (this.age * this.step) / cycle));
    return 1 + trust * ((observed + 1) / (expected + 1) - 1);
  }
}
