import type { Queryable } from '../../platform/database/database.ts';
import { micros } from './micros.ts';

/**
 * Remembers the records of a batch whose events had been known: those that the events' own rows do not name. For batches
 * that have such; they are few.
 *
 * @param rows as for `insertEvents`, whose events are in by now
 */
export async function insertEventCopies(
  db: Queryable,
  topic: string,
  partition: number,
  rows: string,
): Promise<void> {
  await db.query({
    name: 'insert_event_copies',
    text: `INSERT INTO event_copies (order_id, occurred_at, content_hash, topic, partition, kafka_offset, kafka_timestamp)
           SELECT c.order_id, c.occurred_at, c.content_hash, $2, $3, c.kafka_offset, c.kafka_timestamp
           FROM (SELECT e->>0 AS order_id, ${micros('e->1')} AS occurred_at, (e->2)::bigint AS content_hash,
                        (e->7)::bigint AS kafka_offset, ${micros('e->8')} AS kafka_timestamp
                 FROM jsonb_array_elements($1::jsonb) AS e) AS c
           JOIN events v ON v.order_id = c.order_id AND v.occurred_at = c.occurred_at AND v.content_hash = c.content_hash
           WHERE (v.topic, v.partition, v.kafka_offset) <> ($2, $3, c.kafka_offset)
           ON CONFLICT DO NOTHING`,
    values: [rows, topic, partition],
  });
}
