import { DAY, type Micros } from '../../time/micros.ts';
import { StateReader, StateWriter } from '../state-bytes.ts';
import type { Verdict } from '../verdict.ts';
import { CycleMeans } from './cycle-means.ts';
import { Envelope } from './envelope.ts';

const FORMAT = 1;

/** The views of a series, each with an envelope of its own. */
const VIEWS = ['VALUE', 'CHANGE', 'OF_DAY', 'SMOOTH', 'OF_DAY_SMOOTH', 'OF_WEEK'] as const;
type View = (typeof VIEWS)[number];

/** What an excess counts in each. Of the day and the week less: the profile is a guess itself. */
const WEIGHTS: Readonly<Record<View, number>> = {
  VALUE: 1,
  CHANGE: 1,
  OF_DAY: 0.6,
  SMOOTH: 1.5,
  OF_DAY_SMOOTH: 0.5,
  OF_WEEK: 0.5,
};

/** Gains per value: of the level that a change is measured from, of the smoothing, of the means by hour. */
const LEVEL_GAIN = 0.003;
const SMOOTH_GAIN = 0.035;
const OF_DAY_SMOOTH_GAIN = 0.05;
const DAY_GAIN = 0.02;
const WEEK_GAIN = 0.2;
/** Values before the smooth views and those of the day are looked at, and before the smooth one of the day speaks. */
const SETTLING_VALUES = 75;
const OF_DAY_SMOOTH_VALUES = 200;
/** Four weeks make a profile of the week, as many more its envelope. */
const WEEK_LEARNED = 28 * DAY;
const WEEK_SPEAKS = 56 * DAY;

/** The excess at which a value is anomalous. */
const THRESHOLD = 0.058;
/** While an anomaly is remembered (in values), only one so many times as large is another. */
const REMEMBERED = 100;
const LARGER = 3;
const CRITICAL = 5;

/**
 * Judges a series of any numbers, of which nothing is known, also below zero: whether it goes beyond where it has been,
 * in its value, in its change, smoothed, and by the hour. For numbers whose chance is known (counts, rates, means) it is
 * far less sensitive than {@link SeriesDetector}.
 */
export class EnvelopeDetector {
  private readonly envelopes = VIEWS.map(() => new Envelope());
  private readonly day = new CycleMeans(24, DAY, DAY_GAIN);
  private readonly week = new CycleMeans(168, 7 * DAY, WEEK_GAIN);
  private count = 0;
  private firstAt: Micros = 0;
  private level = 0;
  private smooth = 0;
  private ofDaySmooth = 0;
  /** Largest excess in memory, and for how many values it has been there. */
  private remembered = 0;
  private age = 0;

  /** @param at of the value; it needs no fixed step */
  observe(at: Micros, value: number): Verdict {
    const y = root(value);
    if (this.count === 0) this.begin(at, y);
    const mean = this.day.mean(at, this.level);
    const views = this.look(at, y, mean);
    const low = this.envelopes[0]!.low;
    const high = this.envelopes[0]!.high;
    const excess = this.worst(at, views);
    this.learn(at, y);
    const told = this.remember(Math.abs(excess));
    const size = told ? Math.abs(excess) : 0;
    const anomalous = size >= THRESHOLD;
    const young = this.count <= SETTLING_VALUES;
    return {
      at,
      observed: value,
      expected: young ? null : square(mean),
      low: young ? null : square(low),
      high: young ? null : square(high),
      score: size / (size + THRESHOLD),
      deviation: excess / THRESHOLD,
      steps: 1,
      anomalous,
      severity: anomalous ? (size >= CRITICAL * THRESHOLD ? 'critical' : 'warning') : null,
    };
  }

  encode(): Uint8Array {
    const writer = new StateWriter();
    writer.byte(FORMAT);
    for (const value of this.numbers()) writer.number(value);
    for (const envelope of this.envelopes) envelope.encode(writer);
    this.day.encode(writer);
    this.week.encode(writer);
    return writer.finish();
  }

  /** @throws RangeError for bytes that {@link encode} did not write */
  static decode(bytes: Uint8Array): EnvelopeDetector {
    const reader = new StateReader(bytes);
    const format = reader.byte();
    if (format !== FORMAT) throw new RangeError(`envelope state of format ${format} is unknown: delete it`);
    const detector = new EnvelopeDetector();
    detector.count = reader.number();
    detector.firstAt = reader.number();
    detector.level = reader.number();
    detector.smooth = reader.number();
    detector.ofDaySmooth = reader.number();
    detector.remembered = reader.number();
    detector.age = reader.number();
    for (const envelope of detector.envelopes) envelope.restore(reader);
    detector.day.restore(reader);
    detector.week.restore(reader);
    reader.finish();
    return detector;
  }

  private numbers(): number[] {
    const { count, firstAt, level, smooth, ofDaySmooth, remembered, age } = this;
    return [count, firstAt, level, smooth, ofDaySmooth, remembered, age];
  }

  private begin(at: Micros, y: number): void {
    this.firstAt = at;
    this.level = y;
    this.smooth = y;
  }

  private look(at: Micros, y: number, mean: number): Readonly<Record<View, number>> {
    this.smooth += SMOOTH_GAIN * (y - this.smooth);
    this.ofDaySmooth += OF_DAY_SMOOTH_GAIN * (y - mean - this.ofDaySmooth);
    return {
      VALUE: y,
      CHANGE: y - this.level,
      OF_DAY: y - mean,
      SMOOTH: this.smooth,
      OF_DAY_SMOOTH: this.ofDaySmooth,
      OF_WEEK: y - this.week.mean(at, mean),
    };
  }

  /** The largest weighted excess, with its sign. */
  private worst(at: Micros, views: Readonly<Record<View, number>>): number {
    let worst = 0;
    for (const [i, view] of VIEWS.entries()) {
      if (!this.learns(view, at)) continue;
      const excess = WEIGHTS[view] * this.envelopes[i]!.observe(views[view]);
      if (this.speaks(view, at) && Math.abs(excess) > Math.abs(worst)) worst = excess;
    }
    return worst;
  }

  private learns(view: View, at: Micros): boolean {
    if (view === 'VALUE' || view === 'CHANGE') return true;
    if (view === 'OF_WEEK') return at - this.firstAt >= WEEK_LEARNED;
    return this.count >= SETTLING_VALUES;
  }

  private speaks(view: View, at: Micros): boolean {
    if (view === 'OF_WEEK') return at - this.firstAt >= WEEK_SPEAKS;
    return view !== 'OF_DAY_SMOOTH' || this.count >= OF_DAY_SMOOTH_VALUES;
  }

  private learn(at: Micros, y: number): void {
    this.count += 1;
    this.level += Math.max(LEVEL_GAIN, 1 / this.count) * (y - this.level);
    this.day.learn(at, y);
    this.week.learn(at, y);
  }

  /** False of what an anomaly that is still remembered explains. */
  private remember(size: number): boolean {
    const least = this.remembered >= THRESHOLD ? LARGER * this.remembered : this.remembered;
    if (size > least) {
      this.remembered = size;
      this.age = 0;
      return true;
    }
    this.age += 1;
    if (this.age >= REMEMBERED) {
      this.remembered = 0;
      this.age = 0;
    }
    return false;
  }
}

/** Bursts count less than in proportion. */
function root(value: number): number {
  return Math.sign(value) * Math.sqrt(Math.abs(value));
}

function square(y: number): number {
  return Math.sign(y) * y * y;
}
