import { performance } from 'node:perf_hooks';
import type { Micros } from '../../domain/time/micros.ts';
import type { Connection, Database } from '../../platform/database/database.ts';
import { inTransaction } from '../../platform/database/transaction.ts';
import { messageOf } from '../../platform/errors/classify.ts';
import { repeat } from '../../platform/lifecycle/repeat.ts';
import type { ProcessorContext } from '../context.ts';
import { insertAlerts } from '../sql/insert-alerts.ts';
import { type FollowedSlice, followSlice, SLICE } from './follow-slice.ts';
import type { Follower } from './follower.ts';
import { Narrowing } from './narrowing.ts';
import { orderIdsOf, setAsideAlert } from './set-aside-alert.ts';
import { leaseSequence } from './sql/lease-sequence.ts';
import { lockSequence } from './sql/lock-sequence.ts';
import { type EventTime, readEventTime } from './sql/read-event-time.ts';
import { saveSequence } from './sql/save-sequence.ts';
import type { WatchedPartition } from './watched-partition.ts';

const IDLE_MS = 500;
/** After a slice the database is left alone for as long as it took, so that a backlog leaves ingest its half. */
const SHORTEST_PAUSE_MS = 10;
const LONGEST_PAUSE_MS = 1000;

/** For so long an instance that died keeps the others from following. */
const LEASE_SECONDS = 10;
const RENEW_AFTER_MS = 3000;

/** One failure is a clash, or a database that restarts; so many are something to know of. */
const FAILURES_TO_REPORT = 3;

type SequencerContext = Pick<ProcessorContext, 'database' | 'logger' | 'metrics' | 'health' | 'clock'>;

export interface SequencerParts {
  /** Names this instance among others. */
  instance: string;
  createFollowers(): Follower[];
  /** All partitions of the topics with milestones; null while they are not known. */
  partitions(): readonly WatchedPartition[] | null;
  /** Whether followers have something to do though time stands still; asked when nobody remembers it. */
  isBehind?(database: Database): Promise<boolean>;
  /** Some most milestones of one transaction. */
  sliceSize?: number;
}

/**
 * Follows the milestones of orders in the order of event time. One instance does; which one is decided by the row of
 * `sequence_state`, which a pass locks, and its revision, by which it knows that nobody else has been there since.
 */
export class Sequencer {
  private readonly context: SequencerContext;
  private readonly parts: SequencerParts;
  private readonly stopping = new AbortController();
  private running: Promise<void> | null = null;
  /** What remembers; null: has to be made anew, and to restore what it knew. */
  private followers: readonly Follower[] | null = null;
  private revision = -1;
  private savedAt = Number.NEGATIVE_INFINITY;
  /** Whether the last pass has left something, or nobody knows. */
  private hasMore = false;
  private readonly narrowing: Narrowing;

  constructor(context: SequencerContext, parts: SequencerParts) {
    this.context = context;
    this.parts = parts;
    this.narrowing = new Narrowing(parts.sliceSize ?? SLICE);
  }

  start(): void {
    this.running ??= this.run();
  }

  /** Lets the pass under way end, and another instance follow. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
    if (this.followers !== null) await leaseSequence(this.context.database, this.parts.instance, 0);
  }

  private run(): Promise<void> {
    const { logger, health, metrics } = this.context;
    return repeat(
      this.stopping.signal,
      async () => {
        const started = performance.now();
        const hasMore = await this.step();
        health.report('sequence', null);
        const took = performance.now() - started;
        return hasMore ? Math.min(Math.max(took, SHORTEST_PAUSE_MS), LONGEST_PAUSE_MS) : IDLE_MS;
      },
      (error, failures) => {
        this.followers = null;
        metrics.sequence.passes.inc({ outcome: 'failed' });
        logger.warn({ err: error, failures }, 'milestones not followed; trying again');
        if (failures >= FAILURES_TO_REPORT) health.report('sequence', messageOf(error));
      },
    );
  }

  /** Follows one slice of milestones, if there are any and nobody else does. @returns whether there is more at once */
  async step(): Promise<boolean> {
    const { database } = this.context;
    const { instance } = this.parts;
    const partitions = this.parts.partitions();
    if (partitions === null) return false;
    const time = await readEventTime(database, partitions, instance);
    this.show(time);
    if (time.isTaken) {
      this.followers = null;
      return false;
    }
    if (this.followers === null) this.hasMore = (await this.parts.isBehind?.(database)) ?? false;
    if (this.hasMore || hasSomething(time)) return this.pass(partitions);
    if (this.followers !== null && performance.now() - this.savedAt > RENEW_AFTER_MS) {
      await leaseSequence(database, instance, LEASE_SECONDS);
      this.savedAt = performance.now();
    }
    return false;
  }

  private async pass(partitions: readonly WatchedPartition[]): Promise<boolean> {
    try {
      return await this.follow(partitions);
    } catch (error) {
      this.narrowing.failed(error);
      throw error;
    }
  }

  private async follow(partitions: readonly WatchedPartition[]): Promise<boolean> {
    const { database, metrics } = this.context;
    const { most, leavesOut } = this.narrowing;
    const started = performance.now();
    const followed = await inTransaction(database, async (connection) => {
      const locked = await lockSequence(connection, this.parts.instance);
      if (locked === null) return null;
      let followers = this.followers;
      // Whatever happens now, what the followers learn here is true only once it is committed.
      this.followers = null;
      if (followers === null || this.revision !== locked.revision) {
        followers = this.parts.createFollowers();
        for (const follower of followers) {
          await follower.restore(connection);
          if (locked.sequencedTo !== null) follower.advance(locked.sequencedTo);
        }
      }
      const options = { most, leaveOut: leavesOut !== null };
      const slice = await followSlice(connection, followers, locked, partitions, options);
      await this.tell(connection, slice);
      const revision = locked.revision + 1;
      const state = { sequencedTo: slice.sequencedTo, revision, instance: this.parts.instance };
      await saveSequence(connection, state, LEASE_SECONDS);
      return { slice, followers, revision };
    });
    if (followed === null) return false;
    this.followers = followed.followers;
    this.revision = followed.revision;
    this.savedAt = performance.now();
    metrics.sequence.passSeconds.observe((performance.now() - started) / 1000);
    this.narrowing.succeeded();
    this.count(followed.slice, leavesOut);
    this.hasMore = followed.slice.hasMore;
    return followed.slice.hasMore;
  }

  /** Of milestones that were left out. */
  private async tell(connection: Connection, { leftOut }: FollowedSlice): Promise<void> {
    const [first, ...others] = leftOut;
    const reason = this.narrowing.leavesOut ?? '';
    if (first === undefined) return;
    await insertAlerts(connection, [setAsideAlert([first, ...others], reason, this.context.clock.now())]);
  }

  private show({ eventTime, sequencedTo, isTaken }: EventTime): void {
    const { eventTime: gauge, behind, leads } = this.context.metrics.sequence;
    gauge.set(eventTime === null ? 0 : eventTime / 1e6);
    behind.set(eventTime === null || sequencedTo === null ? 0 : behindSeconds(eventTime, sequencedTo));
    leads.set(isTaken ? 0 : 1);
  }

  private count({ followed, late, leftOut }: FollowedSlice, reason: string | null): void {
    const { sequence } = this.context.metrics;
    if (leftOut.length > 0) {
      const orderIds = orderIdsOf(leftOut);
      this.context.logger.error({ orderIds, milestones: leftOut.length, reason }, 'milestones set aside');
    }
    for (const { kind } of leftOut) sequence.setAside.inc({ kind });
    sequence.passes.inc({ outcome: 'followed' });
    for (const [kind, number] of followed) sequence.followed.inc({ kind }, number);
    for (const [kind, number] of late) sequence.late.inc({ kind }, number);
  }
}

function hasSomething({ eventTime, sequencedTo, hasLate }: EventTime): boolean {
  if (eventTime === null) return false;
  return hasLate || sequencedTo === null || eventTime > sequencedTo;
}

function behindSeconds(eventTime: Micros, sequencedTo: Micros): number {
  return Math.max(0, eventTime - sequencedTo) / 1e6;
}
