import type { Micros } from '../../../domain/time/micros.ts';
import type { Queryable } from '../../../platform/database/database.ts';
import { micros } from '../../sql/micros.ts';

/** An order whose events are wanted as they were sent. */
export interface WantedEvents {
  orderId: string;
  /** Of the order. */
  firstEventAt: Micros;
  /** Latest event that is wanted. */
  upTo: Micros;
}

export interface EventAsSent {
  order_id: string;
  content_hash: number;
  /** The members of its record. */
  row_payload: Record<string, unknown>;
}

/**
 * The records of orders' events, where they are still kept: decisions of operators and what retention has taken are not.
 *
 * OFFSET 0 has each order and each record looked up by its index. Joined in one go the planner read both tables whole,
 * with two workers beside: 0.8 s for 60 orders after a quarter of an hour of 500 records a second, and more with every
 * minute.
 */
export async function readEventsAsSent(
  db: Queryable,
  wanted: readonly WantedEvents[],
): Promise<EventAsSent[]> {
  if (wanted.length === 0) return [];
  const { rows } = await db.query<EventAsSent & Record<string, unknown>>({
    name: 'read_events_as_sent',
    text: `SELECT e.order_id, e.content_hash, r.row_payload
           FROM jsonb_array_elements($1::jsonb) AS w
           CROSS JOIN LATERAL (
             SELECT order_id, content_hash, topic, partition, kafka_offset, kafka_timestamp
             FROM events
             WHERE order_id = w->>0 AND occurred_at BETWEEN ${micros('w->1')} AND ${micros('w->2')}
               AND occurred_at BETWEEN ${micros('$2')} AND ${micros('$3')}
             OFFSET 0
           ) AS e
           CROSS JOIN LATERAL (
             SELECT row_payload
             FROM orders_raw
             WHERE topic = e.topic AND partition = e.partition AND kafka_offset = e.kafka_offset
               AND kafka_timestamp = e.kafka_timestamp
               AND epoch = ANY (ARRAY(
                 SELECT generate_series(0, (SELECT max(epoch) FROM consumer_offsets WHERE topic = 'orders'))))
             OFFSET 0
           ) AS r`,
    values: [
      JSON.stringify(wanted.map((one) => [one.orderId, one.firstEventAt, one.upTo])),
      wanted.reduce((least, one) => Math.min(least, one.firstEventAt), Number.POSITIVE_INFINITY),
      wanted.reduce((most, one) => Math.max(most, one.upTo), Number.NEGATIVE_INFINITY),
    ],
  });
  return rows;
}
