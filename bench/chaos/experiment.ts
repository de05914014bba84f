import type { SimulatedRecord } from '../../simulator/record.ts';
import type { Prng } from '../../simulator/timing/prng.ts';
import type { Scene, Stage } from './stage/stage.ts';
import type { TrafficPlan } from './stage/traffic.ts';

/** What an experiment may use while it does harm. */
export interface Harm {
  readonly stage: Stage;
  /** The same numbers for the same seed. */
  readonly random: Prng;
  /** How long the load goes on, in seconds. */
  readonly seconds: number;
  /** Marks an interval in which something is wrong; it is over when `work` is, also when that fails. */
  fault(what: string, work: () => Promise<void>): Promise<void>;
  /** So many seconds. */
  wait(seconds: number): Promise<void>;
  /** A line for whoever watches, kept in the report. */
  note(line: string): void;
}

/** One way in which things go wrong. */
export interface Experiment {
  /** kebab-case, for --only. */
  readonly name: string;
  /** What is done, as a sentence. */
  readonly does: string;
  readonly scene?: Scene;
  /** Why it cannot be done here, and what would be needed; null: it can. */
  readonly obstacle?: (surroundings: Surroundings) => Promise<string | null>;
  /** What is sent instead of the ordinary traffic. */
  readonly traffic?: (ordinary: readonly SimulatedRecord[], plan: TrafficPlan) => readonly SimulatedRecord[];
  /** Prepares what has to be there before the stage. @returns how it is undone, and what the scene becomes */
  readonly prepare?: (
    surroundings: Surroundings,
    folder: string,
  ) => Promise<{ scene: Scene; undo(): Promise<void> }>;
  /** Does the harm and takes it back, beginning when the load has run for a while. */
  readonly disturb: (harm: Harm) => Promise<void>;
}

export interface Surroundings {
  /** URL of a native database server; undefined: the embedded database is used. */
  server: string | undefined;
}
