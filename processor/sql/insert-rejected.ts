import type { Micros } from '../../domain/time/micros.ts';
import type { Queryable } from '../../platform/database/database.ts';
import type { EncodedHeaders } from '../ingest/kafka-record.ts';
import { micros } from './micros.ts';

/** A record that could not become an event. */
export interface RejectedRecord {
  offset: number;
  type: string;
  reason: string;
  timestamp: Micros;
  key: Buffer | null;
  headers: EncodedHeaders;
  value: Buffer | null;
}

/**
 * Keeps rejected records, bytes and all, and puts a dead letter for each into the Kafka outbox.
 *
 * @returns log_id by offset, of those that were not kept before
 */
export async function insertRejected(
  db: Queryable,
  position: { topic: string; epoch: number; partition: number },
  records: readonly RejectedRecord[],
): Promise<Map<number, number>> {
  if (records.length === 0) return new Map();
  const rows = records.map((r) => [
    r.offset,
    r.type,
    r.reason,
    r.timestamp,
    r.key?.toString('base64') ?? null,
    r.headers,
    r.value?.toString('base64') ?? null,
  ]);
  const { rows: kept } = await db.query<{ log_id: number; kafka_offset: number }>({
    name: 'insert_rejected',
    text: `WITH kept AS (
             INSERT INTO pipeline_error_logs (kafka_topic, epoch, partition, kafka_offset, error_type, error_text,
                                              kafka_timestamp, record_key, headers, original)
             SELECT $2, $3, $4, (e->0)::bigint, e->>1, e->>2, ${micros('e->3')}, decode(e->>4, 'base64'), e->5,
                    decode(e->>6, 'base64')
             FROM jsonb_array_elements($1::jsonb) AS e
             ON CONFLICT (kafka_topic, epoch, partition, kafka_offset) DO NOTHING
             RETURNING log_id, kafka_offset
           ),
           letters AS (
             INSERT INTO kafka_outbox (topic, error_log_id) SELECT 'dead-letters', log_id FROM kept ORDER BY log_id
           )
           SELECT log_id, kafka_offset FROM kept`,
    values: [JSON.stringify(rows), position.topic, position.epoch, position.partition],
  });
  return new Map(kept.map((row) => [row.kafka_offset, row.log_id]));
}
