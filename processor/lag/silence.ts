import type { Topic } from '../../platform/config/variables.ts';
import type { WatchedPartition } from '../sequence/watched-partition.ts';

/** Where a partition stands: offset to be read next (null: nobody has begun) and the end of its log. */
export interface Standing {
  partition: number;
  next: number | null;
  high: number;
}

interface Seen extends Standing {
  /** Milliseconds of the clock that was given: since when it has been seen not to move. */
  since: number;
  /** And when it was looked at last. */
  seenAt: number;
}

/** Kafka is looked at about every two seconds. What happened in a longer gap nobody saw, so silence begins anew. */
const LONGEST_GAP_MS = 15_000;

/** A transaction's end is a record of its own, which nobody is shown. */
const MOST_UNSEEN_RECORDS = 1;

/** Where more seems to wait, it may be what an aborted transaction has left. Or a backlog, which takes its time. */
const PATIENCE = 10;

/**
 * However little lateness is allowed: after an instance is killed, its partitions stand still for a session of 10 s and a
 * rebalance before another goes on with them; a database that restarts or a record under a lock may take minutes.
 */
const SHORTEST_SILENCE_MS = 60_000;
const SHORTEST_PATIENCE_MS = 600_000;

/** Of a partition that never had a record nothing is under way: a topic that is not in use holds nobody back for long. */
const NEVER_USED_MS = 10_000;

/**
 * Tells which partitions are silent: read to the end, and nothing new for as long as an event may be late, and at least a
 * minute; of one that never had a record, after some looks. By the offsets, not by when something was written last: after a standstill of this program all would seem
 * silent. And by looks that were had: while Kafka cannot be looked at, nothing gets silent.
 */
export class SilenceWatch {
  private readonly afterMs: number;
  private readonly topics = new Map<Topic, Map<number, Seen>>();

  constructor(afterMs: number) {
    this.afterMs = afterMs;
  }

  /** Notes where all partitions of a topic stand. @param nowMs of a clock that never goes back */
  note(topic: Topic, standing: readonly Standing[], nowMs: number): void {
    const known = this.topics.get(topic);
    const noted = standing.map((now): [number, Seen] => {
      const before = known?.get(now.partition);
      const isSame =
        before !== undefined &&
        before.next === now.next &&
        before.high === now.high &&
        nowMs - before.seenAt <= LONGEST_GAP_MS;
      return [now.partition, { ...now, since: isSame ? before.since : nowMs, seenAt: nowMs }];
    });
    this.topics.set(topic, new Map(noted));
  }

  /** All partitions of these topics; null as long as one of the topics has not been looked at. */
  partitions(topics: readonly Topic[]): WatchedPartition[] | null {
    const all: WatchedPartition[] = [];
    for (const topic of topics) {
      const seen = this.topics.get(topic);
      if (seen === undefined) return null;
      for (const one of seen.values())
        all.push({ topic, partition: one.partition, idleAt: this.isSilent(one) ? one.next : null });
    }
    return all;
  }

  private isSilent({ next, high, since, seenAt }: Seen): boolean {
    return next !== null && seenAt - since >= this.patienceMs(next, high);
  }

  private patienceMs(next: number, high: number): number {
    if (high === 0) return NEVER_USED_MS;
    return high - next <= MOST_UNSEEN_RECORDS
      ? Math.max(this.afterMs, SHORTEST_SILENCE_MS)
      : Math.max(this.afterMs * PATIENCE, SHORTEST_PATIENCE_MS);
  }
}
