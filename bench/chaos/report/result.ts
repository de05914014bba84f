import type { Fault, Recovery, Sample } from '../timeline.ts';
import type { Verdict } from '../verdict/verdict.ts';

/** What came of one experiment. */
export interface ExperimentResult {
  name: string;
  does: string;
  /** `ok`: nothing lost, nothing doubled, all settled. `failed`: it could not be done. */
  outcome: 'ok' | 'broken' | 'failed' | 'skipped';
  /** Why it is not ok. */
  reason?: string;
  notes: readonly string[];
  faults: readonly Fault[];
  samples: readonly Sample[];
  /** Confirmed by Kafka. */
  records?: number;
  verdict?: Verdict;
  recovery?: Recovery;
  /** Seconds from the end of the load until everything was stored, published, told and called. */
  settledAfter?: number;
  /** Subjects of the alerts of kind PIPELINE. */
  alerts?: readonly string[];
  /** Rules of Prometheus. Not there: no Prometheus on the PATH. */
  rules?: { firing: readonly string[]; pending: readonly string[] };
}

/** Everything of a run. */
export interface ChaosReport {
  seed: string;
  seconds: number;
  rate: number;
  native: boolean;
  began: string;
  results: readonly ExperimentResult[];
}

/** What nobody may say of a run that was fine: 1 when something was lost, doubled, wrong or could not be done. */
export function exitCodeOf(results: readonly ExperimentResult[]): 0 | 1 {
  return results.every(({ outcome }) => outcome === 'ok' || outcome === 'skipped') ? 0 : 1;
}
