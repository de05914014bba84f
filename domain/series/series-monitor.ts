import type { Finding } from '../detection/finding.ts';
import type { SeriesPoint } from '../detection/series-point.ts';
import type { Verdict } from '../detection/verdict.ts';
import { compareCodePoints } from '../text/compare.ts';
import { DAY, type Micros } from '../time/micros.ts';
import { isCounted, isKnown } from './catalogue.ts';
import { closedPoint, isHeard, type NamedPoint, silentPoint } from './points-of-step.ts';
import { parseSeriesKey } from './series-key.ts';
import { slotOf, slotOfStep } from './snapshot-slots.ts';
import { type SeriesState, WatchedSeries } from './watched-series.ts';

/** What a restaurant that is open says every few minutes. */
const SIGN_OF_LIFE = 'heartbeats';

/** A restaurant or rider that said nothing for so long is gone. */
const FORGET_AFTER: Micros = 28 * DAY;

export interface JudgedPoint {
  key: string;
  point: SeriesPoint;
  verdict: Verdict;
}

export interface JudgedStep {
  /** What was seen, and what counts though nothing was seen. */
  points: readonly JudgedPoint[];
  /** By series key; of series that were not judged in this step there is none. */
  verdicts: ReadonlyMap<string, Verdict>;
  /** Findings that began, went on or ended. */
  findings: readonly Finding[];
  /** Those that last. */
  open: readonly Finding[];
}

/**
 * Watches all series: shows each step of each to its detector. Series appear with the first thing that is heard of them,
 * and are forgotten when nothing was for four weeks. A function of the steps it is shown, in their order.
 */
export class SeriesMonitor {
  private readonly step: Micros;
  private readonly series = new Map<string, WatchedSeries>();
  /** In the order in which they are judged, so that it does not matter in which order they appeared. */
  private order: WatchedSeries[] = [];
  private readonly forgotten = new Set<string>();
  private methodNames: readonly string[] = [];
  /** Restaurants that have closed. */
  private readonly closed = new Set<string>();
  private doorsMoved = false;

  /** @param step length of a step */
  constructor(step: Micros) {
    this.step = step;
  }

  /** How many series are watched. */
  get size(): number {
    return this.series.size;
  }

  /** Findings that last. */
  get openFindings(): Finding[] {
    return this.order.flatMap((series) => series.open ?? []);
  }

  /** Payment methods that have series. */
  get methods(): readonly string[] {
    return this.methodNames;
  }

  /**
   * Takes up what was stored, and learns again what came after that. A series that is in the catalogue no more is
   * forgotten; so is a state of another version, and then the series is new.
   *
   * @param points what was stored of the steps from `since` to `observedTo`, in order of time
   * @param closed as {@link takeClosed} gave it last
   */
  restore(
    states: readonly SeriesState[],
    points: ReadonlyMap<string, readonly SeriesPoint[]>,
    { since, observedTo }: { since: Micros; observedTo: Micros },
    closed: Iterable<string> = [],
  ): void {
    for (const restaurant of closed) this.closed.add(restaurant);
    const storedTo = new Map<string, Micros>();
    for (const state of states) {
      const series = isKnown(state.key) ? WatchedSeries.restore(state) : null;
      if (series === null) this.forgotten.add(state.key);
      else this.series.set(state.key, series);
      storedTo.set(state.key, state.observedTo);
    }
    const begunAt = new Map<string, Micros>();
    for (const [key, seen] of points) {
      if (this.series.has(key) || !isKnown(key)) continue;
      // One that was forgotten has left points in which nothing was heard of it.
      const first = seen.find((point) => isHeard(isCounted(key), point));
      if (first === undefined) continue;
      begunAt.set(key, first.at);
      this.series.set(key, WatchedSeries.begin(key, this.step, first.at));
    }
    for (const [key, series] of this.series) {
      const seen = new Map(points.get(key)?.map((point) => [point.at, point]));
      const from = begunAt.get(key) ?? Math.max(storedTo.get(key) ?? since, since);
      for (let at = from; at < observedTo; at += this.step) {
        const point = seen.get(at);
        if (point !== undefined) series.observe(point);
        else if (series.open !== null) series.observe(silentPoint(series.isCounted, at));
      }
    }
    this.sort();
  }

  /** @param doors whether a restaurant is open after this step, of those that opened or closed in it */
  observe(
    from: Micros,
    points: readonly NamedPoint[],
    doors: ReadonlyMap<string, boolean> = new Map(),
  ): JudgedStep {
    this.forget(from);
    const seen = new Map(points.map(({ key, point }) => [key, point]));
    this.begin(from, points);
    this.noteDoors(points, doors);
    const judged: JudgedPoint[] = [];
    const verdicts = new Map<string, Verdict>();
    const findings: Finding[] = [];
    const open: Finding[] = [];
    for (const series of this.order) {
      const said = seen.get(series.key);
      if (said === undefined && !series.isJudgedInSilence) continue;
      const isClosed = said === undefined && this.isClosed(series);
      const point = isClosed ? closedPoint(from) : (said ?? silentPoint(series.isCounted, from));
      const observed = series.observe(point);
      verdicts.set(series.key, observed.verdict);
      if (point.n > 0 || isClosed) judged.push({ key: series.key, point, verdict: observed.verdict });
      for (const finding of observed.findings) findings.push(finding);
      const { open: lasting } = series;
      if (lasting !== null) open.push(lasting);
    }
    return { points: judged, verdicts, findings, open };
  }

  /**
   * What has to be stored of the steps from `from` up to `to`: of each series the state once in so many steps, if it has
   * changed. What is missing is made of the points by {@link restore}.
   *
   * @param all of every series that has changed, as before a gap
   */
  takeStates(from: Micros, to: Micros, all: boolean): SeriesState[] {
    const slots = new Set<number>();
    for (let at = from; at < to; at += this.step) slots.add(slotOfStep(at, this.step));
    return this.order.flatMap((series) =>
      all || slots.has(slotOf(series.key)) ? (series.takeState(to) ?? []) : [],
    );
  }

  /** Restaurants that have closed, in order, if that has changed since it was last asked for. */
  takeClosed(): string[] | null {
    if (!this.doorsMoved) return null;
    this.doorsMoved = false;
    return [...this.closed].sort(compareCodePoints);
  }

  /** Keys of the series that were forgotten since it was last asked for. */
  takeForgotten(): string[] {
    const keys = [...this.forgotten];
    this.forgotten.clear();
    return keys;
  }

  /** Nobody expects a sign of life of a restaurant that has said that it closes, until there is one. */
  private noteDoors(points: readonly NamedPoint[], doors: ReadonlyMap<string, boolean>): void {
    for (const { name } of points)
      if (name.metric === SIGN_OF_LIFE && name.dimension === 'restaurant') this.noteDoor(name.value, true);
    for (const [restaurant, isOpen] of doors) this.noteDoor(restaurant, isOpen);
  }

  private noteDoor(restaurant: string, isOpen: boolean): void {
    if (this.closed.has(restaurant) !== isOpen) return;
    this.doorsMoved = true;
    if (isOpen) this.closed.delete(restaurant);
    else this.closed.add(restaurant);
  }

  private isClosed({ restaurant }: WatchedSeries): boolean {
    return restaurant !== null && this.closed.has(restaurant);
  }

  private begin(from: Micros, points: readonly NamedPoint[]): void {
    const known = this.series.size;
    for (const { key } of points)
      if (!this.series.has(key)) {
        this.series.set(key, WatchedSeries.begin(key, this.step, from));
      }
    if (this.series.size !== known) this.sort();
  }

  /** One with a finding that lasts is still of interest. */
  private forget(from: Micros): void {
    const gone = this.order.filter((series) => series.seenAt < from - FORGET_AFTER && series.open === null);
    if (gone.length === 0) return;
    for (const { key } of gone) {
      this.series.delete(key);
      this.forgotten.add(key);
    }
    this.sort();
  }

  private sort(): void {
    this.order = [...this.series.values()].sort((a, b) => compareCodePoints(a.key, b.key));
    const names = this.order.map(({ key }) => parseSeriesKey(key));
    const methods = names.flatMap(({ dimension, value }) => (dimension === 'method' ? [value] : []));
    this.methodNames = [...new Set(methods)];
  }
}
