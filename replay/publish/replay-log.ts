import type { OutgoingRecord } from './batch.ts';
import type { ReadBack } from './read-back.ts';

/** The log a replay writes to and, after a crash, finds its place in. */
export interface ReplayLog {
  /** How far the run came. */
  readBack(run: string): Promise<ReadBack>;
  /**
   * Stores records, each partition's in their order. Rejects when that is not certain: some partitions may then have
   * theirs and others not, and only reading back tells.
   */
  append(records: readonly OutgoingRecord[]): Promise<void>;
}
