import type { Micros } from '../../domain/time/micros.ts';
import type { Queryable } from '../../platform/database/database.ts';
import { sleep } from '../../platform/errors/backoff.ts';
import { EVENT_TIME_TOPICS, type ReplayTopic } from '../source/source-event.ts';
import { countFollowingPartitions } from '../sql/count-following-partitions.ts';

const POLL_MS = 200;
/** A processor that runs answers within about two seconds. */
const PATIENCE_MS = 6_000;

export interface WaitOptions {
  database: Queryable;
  partitions: Readonly<Record<ReplayTopic, number>>;
  signal: AbortSignal;
  /** A real clock that never goes back, in milliseconds. */
  realNow(): number;
  say(message: string): void;
}

/**
 * Waits until all partitions that make event time follow the replay's clock: otherwise event time could run ahead by those that have not heard
 * of it, and the first orders would be late.
 */
export async function waitForProcessor(at: Micros, options: WaitOptions): Promise<void> {
  const { database, partitions, signal, realNow, say } = options;
  const wanted = EVENT_TIME_TOPICS.reduce((sum, topic) => sum + partitions[topic], 0);
  const began = realNow();
  for (let told = false; !signal.aborted; ) {
    const following = await countFollowingPartitions(database, EVENT_TIME_TOPICS, at);
    if (following >= wanted) return;
    if (!told && realNow() - began > PATIENCE_MS) {
      told = true;
      say(
        `no processor has taken the start of the replay yet (${following} of ${wanted} partitions): is it running, on this database and these topics? Waiting for it; --no-wait does not`,
      );
    }
    await sleep(POLL_MS, signal);
  }
}
