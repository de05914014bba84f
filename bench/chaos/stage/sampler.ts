import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../../../platform/database/database.ts';
import type { Sample } from '../timeline.ts';
import type { Load } from './load.ts';

const EVERY_MS = 500;

/** Watches how far the processor is behind, until it is stopped. */
export interface Sampler {
  readonly samples: readonly Sample[];
  stop(): Promise<void>;
}

/**
 * Samples twice a second. While the database does not answer, what it last said counts: nothing is stored meanwhile.
 *
 * @param seconds since the load began
 */
export function startSampler(database: Database, load: Load, seconds: () => number): Sampler {
  const stopping = new AbortController();
  const samples: Sample[] = [];
  let stored = 0;
  const ask = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      stored = await storedRecords(database).catch(() => stored);
      await sleep(EVERY_MS, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  };
  const look = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      const sent = load.acknowledged.length;
      samples.push({
        at: seconds(),
        lag: Math.max(0, sent - stored),
        unsent: Math.max(0, load.due() - sent),
      });
      await sleep(EVERY_MS, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  };
  const tasks = [ask(), look()];
  return {
    samples,
    stop: async () => {
      stopping.abort();
      await Promise.all(tasks);
    },
  };
}

/** Records of topic `orders` that are processed. */
export async function storedRecords(database: Database): Promise<number> {
  const { rows } = await database.query<{ stored: number }>(
    `SELECT coalesce(sum(next_offset), 0)::bigint AS stored FROM consumer_offsets WHERE topic = 'orders'`,
  );
  return rows[0]?.stored ?? 0;
}
