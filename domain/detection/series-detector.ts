import { DAY, type Micros } from '../time/micros.ts';
import { Episode } from './episode.ts';
import { type Model, modelOf, type WindowSums } from './models/model.ts';
import { RecentSteps } from './recent-steps.ts';
import { type Expectation, SeasonalMean } from './seasonal-mean.ts';
import type { SeriesKind, SeriesPoint } from './series-point.ts';
import { StateReader, StateWriter } from './state-bytes.ts';
import type { Severity, Verdict } from './verdict.ts';
import { WatchedWindow } from './watched-window.ts';

const KINDS: readonly SeriesKind[] = ['COUNT', 'RATE', 'MEAN', 'GAUGE'];
const FORMAT = 1;

/** Lengths in steps: what is sudden shows in one, what is slight only in many. */
const WINDOWS = [1, 3, 12, 36] as const;
const LONGEST = WINDOWS.at(-1)!;
const SCATTER_HALF_LIFE = 7 * DAY;
/** Standard deviations beyond which a step does not move what is expected any further. */
const MOST_LEARNED = 2.5;
/** Half width of the band of one step. */
const BAND = 3;
/** Of a series that is known for fewer steps nothing is said. */
const FIRST_STEPS = 12;
/** So many times the threshold is beyond doubt. */
const CERTAIN = 1.4;
/** A usual step undoes so many that deviated. */
const BREAK = 4;
/** Larger numbers have no place in the state's single precision. */
const MOST = 1e25;
/** Nothing is so rare that its chance is none. */
const LEAST_MEAN = 1e-4;
/** An effect of fewer events than that is no incident, however unlikely: 1 of 2 orders. */
const FEWEST_EVENTS = 2.5;
/** The mean of fewer than that is theirs, and not the series'. */
const FEWEST_MEASUREMENTS = 4;

export interface DetectorOptions {
  /** Standard deviations from which on a single step is anomalous; longer windows from somewhat fewer. */
  threshold?: number;
}

export const DEFAULT_THRESHOLD = 4.3;

/** Looks for what is unlike the series' own past: constant time and memory for each step. */
export class SeriesDetector {
  readonly kind: SeriesKind;
  private readonly step: Micros;
  private readonly threshold: number;
  private readonly model: Model;
  private readonly seasonal: SeasonalMean;
  private readonly recent = new RecentSteps(LONGEST);
  private readonly windows: readonly WatchedWindow[];
  private lastAt: Micros | null = null;
  private known = 0;
  /** Steps that windows may reach back to: what an episode that is over left behind is not looked at again. */
  private reach = 0;
  private episode: Episode | null = null;
  /** Steps for which it has deviated, with short breaks. */
  private lasting = 0;
  /** Squared coefficient of variation of one measurement: sums. MEAN only. */
  private spreadSquares = 5;
  private spreadCount = 10;

  /** @param step length of a step; the same for all points */
  constructor(kind: SeriesKind, step: Micros, options: DetectorOptions = {}) {
    if (!(step > 0)) throw new RangeError(`a step has to be longer than 0 microseconds, not ${step}`);
    this.kind = kind;
    this.step = step;
    this.threshold = options.threshold ?? DEFAULT_THRESHOLD;
    this.model = modelOf(kind);
    this.seasonal = new SeasonalMean(step, this.model.profile);
    const keep = 0.5 ** (step / SCATTER_HALF_LIFE);
    this.windows = WINDOWS.map((steps) => new WatchedWindow(this.model, steps, step, keep));
  }

  /**
   * Judges a step by those before it, then learns from it. Steps that are left out are taken for unknown, and so is one
   * whose sum is no number; negative sums are taken for 0, and parts larger than the whole
   * for the whole.
   * @throws RangeError for a point that is not later than the last one
   */
  observe(point: SeriesPoint): Verdict {
    this.advance(point.at);
    const expectation = this.seasonal.expect(point.at);
    const { mean } = expectation;
    const { sum: observed, n, squares } = this.cleaned(point);
    this.recent.push(observed, n * mean, n);
    this.reach = Math.min(this.reach + 1, LONGEST);
    this.judge(expectation);
    const before = this.episode;
    const anomalous = this.known >= FIRST_STEPS && this.follow(n > 0);
    this.lasting = Math.max(0, this.lasting + (anomalous ? 1 : -BREAK));
    const known = n > 0 ? observed / n : null;
    const verdict = this.verdict(point.at, known, mean, anomalous);
    // The step that begins an episode counts as rare, what follows it is the same.
    if (n > 0 && before === null) for (const window of this.windows) window.learnTail(this.known);
    if (n > 0) this.learn({ at: point.at, sum: observed, n, squares }, mean);
    return verdict;
  }

  encode(): Uint8Array {
    const writer = new StateWriter();
    writer.byte(FORMAT);
    writer.byte(KINDS.indexOf(this.kind));
    for (const value of [
      this.step,
      this.threshold,
      this.lastAt ?? Number.NaN,
      this.known,
      this.reach,
      this.lasting,
    ]) {
      writer.number(value);
    }
    writer.number(this.spreadSquares);
    writer.number(this.spreadCount);
    writer.byte(this.episode === null ? 0 : 1);
    this.episode?.encode(writer);
    this.seasonal.encode(writer);
    this.recent.encode(writer);
    for (const { scatter } of this.windows) scatter.encode(writer);
    return writer.finish();
  }

  /** @throws RangeError for bytes that {@link encode} did not write */
  static decode(bytes: Uint8Array): SeriesDetector {
    const reader = new StateReader(bytes);
    const format = reader.byte();
    const kind = KINDS[reader.byte()];
    if (format !== FORMAT || kind === undefined) {
      throw new RangeError(
        `detector state of format ${format} is unknown: delete it, the series is learned anew`,
      );
    }
    const detector = new SeriesDetector(kind, reader.number(), { threshold: reader.number() });
    const lastAt = reader.number();
    detector.lastAt = Number.isNaN(lastAt) ? null : lastAt;
    detector.known = reader.number();
    detector.reach = reader.number();
    detector.lasting = reader.number();
    detector.spreadSquares = reader.number();
    detector.spreadCount = reader.number();
    detector.episode = reader.byte() === 1 ? Episode.decode(reader) : null;
    detector.seasonal.restore(reader);
    detector.recent.restore(reader);
    for (const { scatter } of detector.windows) scatter.restore(reader);
    reader.finish();
    return detector;
  }

  private cleaned({ at, sum, n, squares }: SeriesPoint): SeriesPoint {
    const known = Number.isFinite(sum) && Number.isFinite(n) && n > 0;
    if (!known) return { at, sum: 0, n: 0, squares: null };
    const weight = this.kind === 'COUNT' || this.kind === 'GAUGE' ? 1 : n;
    const most = this.kind === 'RATE' ? n : MOST;
    const measured = squares !== null && Number.isFinite(squares) ? Math.min(MOST, squares) : null;
    return { at, sum: Math.min(most, Math.max(0, sum)), n: weight, squares: measured };
  }

  private advance(at: Micros): void {
    if (this.lastAt !== null) {
      if (at <= this.lastAt) throw new RangeError(`points in order, please: ${at} came after ${this.lastAt}`);
      const missing = Math.min(LONGEST, Math.round((at - this.lastAt) / this.step) - 1);
      for (let i = 0; i < missing; i += 1) this.recent.push(0, 0, 0);
      this.reach = Math.min(this.reach + Math.max(0, missing), LONGEST);
    }
    this.lastAt = at;
  }

  private get spread(): number {
    return this.spreadSquares / this.spreadCount;
  }

  private judge(expectation: Expectation): void {
    let shorter: WatchedWindow | null = null;
    for (const window of this.windows) {
      window.judge(this.recent, shorter, expectation, this.spread);
      shorter = window;
    }
  }

  /** Whether the series deviates now. @param known whether this step is */
  private follow(known: boolean): boolean {
    if (this.episode === null) {
      const worst = this.worst();
      if (!this.remarkable(worst)) return false;
      this.episode = new Episode(worst.deviation, worst.steps);
      return true;
    }
    if (!known || !this.episode.observe(this.windows[0]!.deviation)) return true;
    this.reach = this.episode.usual;
    this.episode = null;
    return false;
  }

  private remarkable({ weight, sums }: WatchedWindow): boolean {
    if (Math.abs(weight) < this.threshold) return false;
    if (this.kind === 'GAUGE') return true;
    if (this.kind === 'MEAN') return sums.n >= FEWEST_MEASUREMENTS;
    return Math.abs(sums.observed - sums.expected) >= FEWEST_EVENTS;
  }

  /** The window that deviates most; while an episode lasts, most in its direction. */
  private worst(): WatchedWindow {
    const direction = this.episode?.direction ?? 0;
    let worst = this.windows[0]!;
    let most = Number.NEGATIVE_INFINITY;
    for (const window of this.windows) {
      const size = direction === 0 ? Math.abs(window.weight) : window.weight * direction;
      if (window.steps > this.reach || size <= most) continue;
      worst = window;
      most = size;
    }
    return worst;
  }

  private verdict(at: Micros, observed: number | null, mean: number, anomalous: boolean): Verdict {
    const worst = this.worst();
    const { sums } = this.windows[0]!;
    const young = this.known < FIRST_STEPS;
    const band = young || sums.n === 0 ? null : this.band(sums);
    const strength = worst.weight / this.threshold;
    return {
      at,
      observed,
      expected: young ? null : mean,
      low: band?.low ?? null,
      high: band?.high ?? null,
      score: young ? 0 : 1 - 2 ** -(strength * strength),
      deviation: worst.deviation,
      steps: worst.steps,
      anomalous,
      severity: anomalous ? this.severity(worst) : null,
    };
  }

  private band(sums: WindowSums): { low: number; high: number } {
    const step = this.windows[0]!;
    const variance = step.variance(sums, this.spread);
    const z = BAND * step.scatter.scale();
    return {
      low: this.model.quantile(-z, sums, variance) / sums.n,
      high: this.model.quantile(z, sums, variance) / sums.n,
    };
  }

  /** Critical: beyond doubt, and large. */
  private severity({ weight, sums }: WatchedWindow): Severity {
    const certain = Math.abs(weight) >= CERTAIN * this.threshold;
    return certain && this.large(sums) ? 'critical' : 'warning';
  }

  /** Half or double of what is expected, for means two thirds or one and a half; for rates also of what is not the part. */
  private large({ observed, expected, n }: WindowSums): boolean {
    const times = this.kind === 'MEAN' ? 1.5 : 2;
    if (observed >= times * expected || times * observed <= expected) return true;
    return this.kind === 'RATE' && n - observed >= times * (n - expected);
  }

  private learn(point: SeriesPoint, mean: number): void {
    const observed = point.sum;
    this.known += 1;
    // Before anything was learned, the first step is what was to be expected.
    const expected = Math.max(mean > 0 ? point.n * mean : observed, point.n * LEAST_MEAN);
    const sums = { observed, expected, n: point.n };
    const step = this.windows[0]!;
    const limit = MOST_LEARNED * Math.sqrt(step.variance(sums, this.spread));
    // What lasts longer than a day is how the series is from now on.
    const settled = this.lasting * this.step > DAY;
    const learned = settled
      ? observed
      : Math.max(
          expected - limit - this.model.allowance,
          Math.min(expected + limit + this.model.allowance, observed),
        );
    const chance = step.scatter.variance(sums, 0, this.spread);
    const trust = this.episode !== null && !settled ? 0.1 : 1;
    const weight = trust * Math.min(this.model.mostWeight, expected / chance);
    this.seasonal.learn(point.at, learned, point.n, weight, settled ? 12 : 1);
    if (this.kind === 'MEAN') this.learnSpread(point, mean);
    if (this.episode !== null) return;
    for (const window of this.windows) {
      if (window.steps <= this.reach) window.learn(this.spread);
    }
  }

  private learnSpread({ sum, n, squares }: SeriesPoint, mean: number): void {
    if (squares === null || mean <= 0) return;
    const about = squares / (mean * mean) - (2 * sum) / mean + n;
    const keep = 0.5 ** (this.step / SCATTER_HALF_LIFE);
    this.spreadSquares = this.spreadSquares * keep + Math.min(Math.max(0, about), 9 * n * this.spread);
    this.spreadCount = this.spreadCount * keep + n;
  }
}
