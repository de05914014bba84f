import type { Queryable } from '../../platform/database/database.ts';

/** A message for Kafka, sent after the transaction has committed. */
export interface OutboxMessage {
  /** As in the contracts; prefix and mapping are applied when it is sent. */
  topic: string;
  key: string;
  value: Readonly<Record<string, unknown>>;
}

export async function insertOutbox(db: Queryable, messages: readonly OutboxMessage[]): Promise<void> {
  if (messages.length === 0) return;
  await db.query({
    name: 'insert_outbox',
    text: `INSERT INTO kafka_outbox (topic, record_key, record_value)
           SELECT e->>0, convert_to(e->>1, 'UTF8'), convert_to(e->>2, 'UTF8')
           FROM jsonb_array_elements($1::jsonb) AS e`,
    values: [JSON.stringify(messages.map((m) => [m.topic, m.key, JSON.stringify(m.value)]))],
  });
}
