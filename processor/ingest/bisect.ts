import { classifyError, messageOf } from '../../platform/errors/classify.ts';
import type { BatchResult, PartitionBatch } from './process-batch.ts';

/**
 * Processes a batch; when the database refuses its data, halves it until the record that it refuses is found, and
 * sets that one aside. Everything before it is committed on the way, so nothing is done twice.
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
    if (classifyError(error) !== 'data') throw error;
    const only = batch.records[0];
    if (batch.records.length === 1 && only !== undefined) {
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
