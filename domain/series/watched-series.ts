import type { Finding } from '../detection/finding.ts';
import { FindingTracker } from '../detection/finding-tracker.ts';
import { SeriesDetector } from '../detection/series-detector.ts';
import type { SeriesPoint } from '../detection/series-point.ts';
import { SilenceDetector } from '../detection/silence-detector.ts';
import type { Verdict } from '../detection/verdict.ts';
import type { Micros } from '../time/micros.ts';
import { isCounted, isExpectedAlways, kindOfKey } from './catalogue.ts';
import { isHeard } from './points-of-step.ts';
import { parseSeriesKey } from './series-key.ts';

/** What is stored of a series. */
export interface SeriesState {
  key: string;
  detector: Uint8Array;
  tracker: Uint8Array;
  /** End of the last step that is in it. */
  observedTo: Micros;
  /** Start of the last step in which something was heard of the series. */
  seenAt: Micros;
}

type Detector = SeriesDetector | SilenceDetector;

/** One series under watch: what is usual of it, and what is unusual now. */
export class WatchedSeries {
  readonly key: string;
  /** Whether there is a number of it in a step in which nothing was heard of it. */
  readonly isCounted: boolean;
  /** The restaurant that it is of; null: of anything else. */
  readonly restaurant: string | null;
  private readonly detector: Detector;
  private readonly tracker: FindingTracker;
  private heardAt: Micros;
  private changed = true;

  private constructor(key: string, detector: Detector, tracker: FindingTracker, seenAt: Micros) {
    this.key = key;
    this.isCounted = isCounted(key);
    const { dimension, value } = parseSeriesKey(key);
    this.restaurant = dimension === 'restaurant' ? value : null;
    this.detector = detector;
    this.tracker = tracker;
    this.heardAt = seenAt;
  }

  /** A series of which nothing was heard before `at`. */
  static begin(key: string, step: Micros, at: Micros): WatchedSeries {
    const detector = isExpectedAlways(key)
      ? new SilenceDetector(step)
      : new SeriesDetector(kindOfKey(key), step);
    return new WatchedSeries(key, detector, new FindingTracker(key, step), at);
  }

  /** @returns null for a state that another version of the detector has written */
  static restore({ key, detector, tracker, seenAt }: SeriesState): WatchedSeries | null {
    try {
      const { decode } = isExpectedAlways(key) ? SilenceDetector : SeriesDetector;
      const parts = [decode(detector), FindingTracker.decode(tracker)] as const;
      const series = new WatchedSeries(key, ...parts, seenAt);
      series.changed = false;
      return series;
    } catch (error) {
      if (error instanceof RangeError) return null;
      throw error;
    }
  }

  /** The finding that lasts. */
  get open(): Finding | null {
    return this.tracker.open;
  }

  /** Start of the last step in which something was heard of it. */
  get seenAt(): Micros {
    return this.heardAt;
  }

  /** Whether it is to be judged in a step in which nothing was heard of it. */
  get isJudgedInSilence(): boolean {
    return this.isCounted || this.tracker.open !== null;
  }

  observe(point: SeriesPoint): { verdict: Verdict; findings: Finding[] } {
    if (isHeard(this.isCounted, point)) this.heardAt = point.at;
    this.changed = true;
    const verdict = this.detector.observe(point);
    return { verdict, findings: this.tracker.observe(verdict) };
  }

  /** What has to be stored, if it has changed since it was last asked for. */
  takeState(observedTo: Micros): SeriesState | null {
    if (!this.changed) return null;
    this.changed = false;
    return {
      key: this.key,
      detector: this.detector.encode(),
      tracker: this.tracker.encode(),
      observedTo,
      seenAt: this.heardAt,
    };
  }
}
