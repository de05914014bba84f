import type { KafkaRecord } from './kafka-record.ts';

/**
 * Bytes of one transaction's records. A fetch is limited in compressed bytes only, and what 2 MiB of them unpack to
 * may be past the longest string there is (512 MiB) or the largest jsonb (256 MiB).
 */
const MOST_BYTES = 16 * 1024 * 1024;

/** Consecutive records in runs of at most `mostRecords` and `mostBytes`, but of one record at least. */
export function* slices(
  records: readonly KafkaRecord[],
  mostRecords: number,
  mostBytes: number = MOST_BYTES,
): Generator<readonly KafkaRecord[]> {
  let from = 0;
  let bytes = 0;
  for (const [index, record] of records.entries()) {
    const size = (record.value?.length ?? 0) + (record.key?.length ?? 0);
    if (index > from && (index - from >= mostRecords || bytes + size > mostBytes)) {
      yield records.slice(from, index);
      from = index;
      bytes = 0;
    }
    bytes += size;
  }
  if (from < records.length) yield records.slice(from);
}
