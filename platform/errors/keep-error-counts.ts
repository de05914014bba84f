import type { Queryable } from '../database/database.ts';
import { sleep } from './backoff.ts';
import type { ErrorCounts } from './error-counts.ts';
import { upsertErrorFingerprints } from './upsert-error-fingerprints.ts';

const EVERY_MS = 10_000;

/**
 * Writes the counts into the database every few seconds. While that is away they stay in memory and add up; what does
 * the work that failed never waits for this, and a failure here is no error to count.
 */
export function keepErrorCounts(
  database: Queryable,
  counts: ErrorCounts,
  everyMs = EVERY_MS,
): { stop: () => Promise<void> } {
  const stopping = new AbortController();
  const running = (async () => {
    while (!stopping.signal.aborted) {
      await sleep(everyMs, stopping.signal);
      await writeOnce(database, counts);
    }
  })();
  return {
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}

async function writeOnce(database: Queryable, counts: ErrorCounts): Promise<void> {
  const taken = counts.take();
  if (taken.length === 0) return;
  try {
    await upsertErrorFingerprints(database, taken);
  } catch {
    counts.giveBack(taken);
  }
}
