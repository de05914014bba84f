import type { Finding } from '../../domain/detection/finding.ts';
import type { Verdict } from '../../domain/detection/verdict.ts';
import type { StepData } from '../../domain/series/step-data.ts';
import type { Micros } from '../../domain/time/micros.ts';
import type { Connection } from '../../platform/database/database.ts';

/** A step whose series have been judged. */
export interface DetectedStep extends Pick<StepData, 'refusals' | 'restaurants'> {
  from: Micros;
  /** End of the step. */
  now: Micros;
  /** Findings that last. */
  open: readonly Finding[];
  /** Findings that ended with this step. */
  ended: readonly Finding[];
  /** The verdict on this step of a series; undefined where there is none. */
  deviations(seriesKey: string): Verdict | undefined;
  /** Payment methods that have series. */
  methods: readonly string[];
}

/** Makes something of what was detected, in the transaction that judges the steps. */
export interface StepDesk {
  /** Reads all it remembers. Called before anything else, once. */
  restore(connection: Connection): Promise<void>;
  /** Reads what it has to know besides of the step that comes now. */
  prepare(connection: Connection, step: Pick<DetectedStep, 'from' | 'now'>): Promise<void>;
  observe(step: DetectedStep): void;
  /** Writes what has changed since the last call, and what follows from it. @param now end of the last step */
  persist(connection: Connection, now: Micros): Promise<void>;
}
