import type { Queryable } from '../../platform/database/database.ts';
import type { EncodedHeaders } from '../ingest/kafka-record.ts';

/** A message that waits to be published. */
export interface PendingMessage {
  outboxId: number;
  /** As in the contracts. */
  topic: string;
  key: Buffer | null;
  headers: EncodedHeaders;
  value: Buffer | null;
}

interface Row {
  outbox_id: number;
  topic: string;
  record_key: Buffer | null;
  headers: EncodedHeaders;
  record_value: Buffer | null;
  error_log_id: number | null;
  error_type: string | null;
  error_text: string | null;
  kafka_topic: string | null;
  epoch: number | null;
  partition: number | null;
  kafka_offset: number | null;
}

/**
 * Claims the oldest pending messages for this relay, for a minute; rows that another relay is claiming are skipped. No
 * transaction stays open while they are sent. A dead letter comes with its original key, headers and bytes, and with
 * headers that say where it is from and why.
 *
 * @param mostBytes stops after the message that reaches this many bytes
 */
export async function claimMessages(
  db: Queryable,
  most: number,
  mostBytes: number,
): Promise<PendingMessage[]> {
  const { rows } = await db.query<Row>({
    name: 'claim_messages',
    text: `WITH candidates AS MATERIALIZED (
             SELECT o.outbox_id, coalesce(octet_length(o.record_value), octet_length(l.original), 0) AS bytes
             FROM kafka_outbox o
             LEFT JOIN pipeline_error_logs l ON l.log_id = o.error_log_id
             WHERE o.state = 'pending' AND o.claimed_until < now()
             ORDER BY o.outbox_id
             LIMIT $1
             FOR UPDATE OF o SKIP LOCKED
           ),
           chosen AS (
             SELECT outbox_id FROM (
               SELECT outbox_id, sum(bytes) OVER (ORDER BY outbox_id) - bytes AS bytes_before FROM candidates
             ) AS sized
             WHERE bytes_before < $2
           ),
           claimed AS (
             UPDATE kafka_outbox o SET claimed_until = now() + INTERVAL '60 seconds'
             FROM chosen WHERE o.outbox_id = chosen.outbox_id
             RETURNING o.*
           )
           SELECT o.outbox_id, o.topic, coalesce(l.record_key, o.record_key) AS record_key,
                  coalesce(l.headers, o.headers) AS headers,
                  CASE WHEN o.error_log_id IS NULL THEN o.record_value ELSE l.original END AS record_value,
                  o.error_log_id, l.error_type, l.error_text, l.kafka_topic, l.epoch, l.partition, l.kafka_offset
           FROM claimed o
           LEFT JOIN pipeline_error_logs l ON l.log_id = o.error_log_id
           ORDER BY o.outbox_id`,
    values: [most, mostBytes],
  });
  return rows.map((row) => ({
    outboxId: row.outbox_id,
    topic: row.topic,
    key: row.record_key,
    headers: row.error_log_id === null ? row.headers : { ...row.headers, ...originHeaders(row) },
    value: row.record_value,
  }));
}

function originHeaders(row: Row): Record<string, string> {
  const origin = {
    'holdfast-topic': row.kafka_topic,
    'holdfast-epoch': row.epoch,
    'holdfast-partition': row.partition,
    'holdfast-offset': row.kafka_offset,
    'holdfast-error-code': row.error_type,
    'holdfast-error': row.error_text,
  };
  return Object.fromEntries(
    Object.entries(origin).map(([name, value]) => [name, Buffer.from(String(value)).toString('base64')]),
  );
}

/** Gives messages back that could not be sent now. */
export async function releaseMessages(db: Queryable, outboxIds: readonly number[]): Promise<void> {
  await db.query({
    name: 'release_messages',
    text: `UPDATE kafka_outbox SET claimed_until = '-infinity' WHERE outbox_id = ANY($1)`,
    values: [outboxIds],
  });
}

export async function deleteMessages(db: Queryable, outboxIds: readonly number[]): Promise<void> {
  await db.query({
    name: 'delete_messages',
    text: 'DELETE FROM kafka_outbox WHERE outbox_id = ANY($1)',
    values: [outboxIds],
  });
}

/** Gives a message up: Kafka refuses it for good. It stays, with the reason. */
export async function buryMessage(db: Queryable, outboxId: number, reason: string): Promise<void> {
  await db.query({
    name: 'bury_message',
    text: `UPDATE kafka_outbox SET state = 'dead', last_error = $2 WHERE outbox_id = $1`,
    values: [outboxId, reason],
  });
}
