import type { Micros } from '../time/micros.ts';
import type { Severity, Verdict } from './verdict.ts';

export type Direction = 'UP' | 'DOWN';

/** A time in which one series was not as expected. */
export interface Finding {
  /** `seriesKey@startedAt`: the same however often the same points are judged, and nobody else's: findings of a series do not overlap. */
  findingId: string;
  seriesKey: string;
  /** Start of the first step that was unlike what was expected; before the step at which it was noticed, if that took several, and never before the end of the finding before. */
  startedAt: Micros;
  /** Start of the step with whose verdict it was noticed. */
  noticedAt: Micros;
  /** End of the last step that deviated. Null while it lasts. */
  endedAt: Micros | null;
  direction: Direction;
  /** The worst severity so far. */
  severity: Severity;
  /** The verdict with the largest deviation in its direction. */
  peak: Verdict;
  /** Sums of `observed` and `expected` over the steps in which both were known, and how many these were: their ratio is the effect. */
  observed: number;
  expected: number;
  steps: number;
}
