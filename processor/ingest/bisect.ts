import { classifyError, codeOf, messageOf } from '../../platform/errors/classify.ts';
import { type BatchResult, BatchTooWide, type PartitionBatch } from './process-batch.ts';

/**
 * Processes a batch; when the database refuses its data, halves it until the record that it refuses is found, and
 * sets that one aside. One that is too much for a transaction is halved as well. Everything before is committed on the
 * way, so nothing is done twice.
 *
 * @param process processes one batch in one transaction
 * @param onProgress called after each commit
 */
export async function processBisecting(
  batch: PartitionBatch,
  process: (batch: PartitionBatch) => Promise<BatchResult>,
  onProgress: (result: BatchResult) => void,
): Promise<number> {
  try {
    const result = await process(batch);
    onProgress(result);
    return result.next;
  } catch (error) {
    const refusesData = classifyError(error) === 'data';
    if (!refusesData && !isTooMuch(error)) throw error;
    const only = batch.records[0];
    if (batch.records.length === 1 && only !== undefined) {
      if (!refusesData) throw error;
      // Refused again as a rejected record: the fault is ours, not the data's.
      if (batch.refused.has(only.offset)) throw error;
      const refused = new Map([
        ...batch.refused,
        [only.offset, `the database refused it: ${messageOf(error)}`],
      ]);
      return processBisecting({ ...batch, refused }, process, onProgress);
    }
    const middle = Math.ceil(batch.records.length / 2);
    const next = await processBisecting(
      { ...batch, records: batch.records.slice(0, middle) },
      process,
      onProgress,
    );
    return processBisecting(
      { ...batch, expected: next, records: batch.records.slice(middle) },
      process,
      onProgress,
    );
  }
}

/** SQLSTATE of "out of shared memory" among others: more locks than PostgreSQL has room for. */
const OUT_OF_MEMORY = '53200';

function isTooMuch(error: unknown): boolean {
  return error instanceof BatchTooWide || codeOf(error) === OUT_OF_MEMORY;
}
