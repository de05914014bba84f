import { backoffMs, sleep } from '../../platform/errors/backoff.ts';
import { classifyError } from '../../platform/errors/classify.ts';
import type { KafkaRecord } from './kafka-record.ts';

/** Clashes of transactions end by themselves; after this many in a row something else is wrong. */
const MOST_CONFLICTS = 20;
const CONFLICT_BACKOFF = { firstMs: 5, longestMs: 500 };

/**
 * Has records processed until none is left, and tries again what clashed with another transaction.
 *
 * @param rest the records that are not committed yet
 * @throws what `process` throws, but for a clash; a clash that does not end
 */
export async function outlastConflicts(
  rest: () => readonly KafkaRecord[],
  process: (records: readonly KafkaRecord[]) => Promise<unknown>,
  onConflict: (error: unknown) => void = () => undefined,
): Promise<void> {
  let conflicts = 0;
  for (let left = rest(); left.length > 0; left = rest()) {
    try {
      await process(left);
    } catch (error) {
      if (classifyError(error) !== 'conflict' || conflicts >= MOST_CONFLICTS) throw error;
      conflicts += 1;
      onConflict(error);
      await sleep(backoffMs(conflicts, CONFLICT_BACKOFF, Math.random));
    }
  }
}
