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

/** The records of orders' events, where they are still kept: decisions of operators and what retention has taken are not. */
export async function readEventsAsSent(
  db: Queryable,
  wanted: readonly WantedEvents[],
): Promise<EventAsSent[]> {
  if (wanted.length === 0) return [];
  const { rows } = await db.query<EventAsSent & Record<string, unknown>>({
    name: 'read_events_as_sent',
    text: `SELECT e.order_id, e.content_hash, r.row_payload
           FROM jsonb_array_elements($1::jsonb) AS w
           JOIN events e ON e.order_id = w->>0 AND e.occurred_at >= ${micros('w->1')}
                        AND e.occurred_at <= ${micros('w->2')}
           CROSS JOIN generate_series(0, (SELECT max(epoch) FROM consumer_offsets WHERE topic = 'orders')) AS epochs (epoch)
           JOIN orders_raw r ON r.topic = e.topic AND r.epoch = epochs.epoch AND r.partition = e.partition
                            AND r.kafka_offset = e.kafka_offset AND r.kafka_timestamp = e.kafka_timestamp
           WHERE e.occurred_at >= ${micros('$2')} AND e.occurred_at <= ${micros('$3')}`,
    values: [
      JSON.stringify(wanted.map((one) => [one.orderId, one.firstEventAt, one.upTo])),
      wanted.reduce((least, one) => Math.min(least, one.firstEventAt), Number.POSITIVE_INFINITY),
      wanted.reduce((most, one) => Math.max(most, one.upTo), Number.NEGATIVE_INFINITY),
    ],
  });
  return rows;
}
