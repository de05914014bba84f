import type { Queryable } from '../../platform/database/database.ts';
import { sleep } from '../../platform/errors/backoff.ts';

const STATEMENT = `SELECT partition, next_offset FROM consumer_offsets WHERE topic = 'orders'`;

const POLL_MS = 500;

/** How many records the processor has still to store, by the offsets it keeps in the database. */
export async function recordsLeft(
  database: Queryable,
  endOffsets: ReadonlyMap<number, number>,
): Promise<number> {
  const { rows } = await database.query<{ partition: number; next_offset: number }>({
    text: STATEMENT,
  });
  const done = new Map(rows.map((row) => [row.partition, row.next_offset]));
  let left = 0;
  for (const [partition, end] of endOffsets) left += Math.max(end - (done.get(partition) ?? 0), 0);
  return left;
}

/**
 * Waits until nothing is left, or nothing has moved for `idleMs`.
 *
 * @returns what is left then
 */
export async function waitUntilProcessed(
  left: () => Promise<number>,
  options: { idleMs: number; clock(): number; signal: AbortSignal },
): Promise<number> {
  let last = await left();
  let moved = options.clock();
  while (last > 0 && !options.signal.aborted && options.clock() - moved < options.idleMs) {
    await sleep(POLL_MS, options.signal);
    const now = await left();
    if (now !== last) moved = options.clock();
    last = now;
  }
  return last;
}
