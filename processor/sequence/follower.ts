import type { Milestone } from '../../domain/delivery/milestone.ts';
import type { Micros } from '../../domain/time/micros.ts';
import type { Connection } from '../../platform/database/database.ts';

/**
 * Something that learns from the milestones of orders, in the order in which they happened, whatever the order in which
 * Kafka brought them. Works in memory; what it remembers is in the database, written in the transaction that moves
 * `sequence_state`. So it is a function of the milestones alone, and cannot know what comes later.
 */
export interface Follower {
  readonly name: string;
  /** Reads all it remembers. Called before anything else, once; then `advance` says how far time had come by then. */
  restore(connection: Connection): Promise<void>;
  /**
   * Reads what it needs to know for these milestones, and for what becomes due until `to`, and does not keep in memory.
   * Called once before they are shown.
   */
  prepare?(connection: Connection, milestones: readonly Milestone[], to: Micros): Promise<void>;
  /** Event time has come to `now`, inclusive: limits that are due by then have been reached, in their order. */
  advance(now: Micros): void;
  /** Called after `advance(milestone.at)`; for one that came late, when time has gone further already. */
  observe(milestone: Milestone): void;
  /** Writes what has changed since the last call, and what follows from it: alerts, predictions, commands. */
  persist(connection: Connection): Promise<void>;
  /** Whether `persist` has left something to do, so that there has to be another pass even if time stands still. */
  readonly isBehind?: boolean;
}
