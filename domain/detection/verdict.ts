import type { Micros } from '../time/micros.ts';

export type Severity = 'warning' | 'critical';

/** What a detector thinks of one step, judged by the steps before it only. */
export interface Verdict {
  /** Start of the step. */
  at: Micros;
  /** Of this step, in the series' own unit: count, rate (0..1), mean or level. Null where nothing is known. */
  observed: number | null;
  /** What this step was expected to be, as `observed`. Null while the series is too new. */
  expected: number | null;
  /** Ends of the band in which this step alone would not be remarkable. Null while the series is too new. */
  low: number | null;
  high: number | null;
  /** 0..1, comparable between series of all kinds: 0.5 is the edge of what is called anomalous; lower on the way back. */
  score: number;
  /** In standard deviations, positive above what was expected; of the window of `steps` that deviates most. */
  deviation: number;
  /** How many steps up to and with this one showed it. */
  steps: number;
  anomalous: boolean;
  /** Null unless anomalous. */
  severity: Severity | null;
}
