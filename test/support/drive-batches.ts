import type { Micros } from '../../domain/time/micros.ts';
import type { Database } from '../../platform/database/database.ts';
import { processBisecting } from '../../processor/ingest/bisect.ts';
import type { KafkaRecord } from '../../processor/ingest/kafka-record.ts';
import { processBatch } from '../../processor/ingest/process-batch.ts';
import { readPosition } from '../../processor/sql/read-position.ts';
import type { StoreCounts, TopicHandler } from '../../processor/topics/topic-handler.ts';

/** A record at an offset, in Kafka at `timestampMs`. */
export function recordAt(
  offset: number,
  value: string | Buffer | null,
  more: Partial<Omit<KafkaRecord, 'offset' | 'value'>> = {},
): KafkaRecord {
  return {
    offset,
    value: typeof value === 'string' ? Buffer.from(value) : value,
    timestampMs: Date.parse('2026-03-02T00:00:00Z'),
    key: null,
    headers: {},
    ...more,
  };
}

export interface Driven {
  next: number;
  /** Records of each committed transaction. */
  commits: number[];
  /** And what storing it did. */
  counts: StoreCounts[];
}

/** Takes consecutive records of a partition through the processor's walk, as one fetch, without Kafka. */
export async function driveBatch(
  database: Database,
  handler: TopicHandler<unknown>,
  partition: number,
  records: readonly KafkaRecord[],
  now: Micros,
): Promise<Driven> {
  const { epoch, nextOffset } = await readPosition(database, handler.topic, partition, 0);
  const commits: number[] = [];
  const stored: StoreCounts[] = [];
  const next = await processBisecting(
    { partition, epoch, expected: nextOffset, records, refused: new Map() },
    (batch) => processBatch(database, handler, batch, now),
    ({ decoded, counts }) => {
      commits.push(decoded.accepted.length + decoded.rejected.length);
      stored.push(counts);
    },
  );
  return { next, commits, counts: stored };
}
