import type { Micros } from '../../domain/time/micros.ts';
import type { Queryable } from '../../platform/database/database.ts';
import { micros } from './micros.ts';

export interface PaidSpan {
  /** Exclusive. */
  after: Micros;
  /** Inclusive. */
  upTo: Micros;
  /** How long an order may stay PAID. */
  lateAfter: Micros;
}

/**
 * Judges the orders that were paid in a span whose limits are over: in time are those that left PAID within `lateAfter`.
 * Adds them to `orders_in_time`, and moves its state to the end of the span; the span has to begin where that stands.
 *
 * They are found by their events, which have an index by time. One on the orders' paid_at would cost each order an update
 * that cannot stay within its page.
 */
export async function judgePaidOrders(db: Queryable, { after, upTo, lateAfter }: PaidSpan): Promise<void> {
  await db.query({
    name: 'judge_paid_orders',
    text: `WITH span AS (
             SELECT ${micros('$2')} AS up_to, INTERVAL '1 microsecond' * $3::float8 AS late_after
           ),
           paid AS (
             SELECT DISTINCT order_id, occurred_at FROM events
             WHERE current_status = 'PAID' AND occurred_at > ${micros('$1')} AND occurred_at <= ${micros('$2')}
           ),
           counted AS (
             SELECT time_bucket(INTERVAL '1 hour', o.paid_at + s.late_after) AS bucket, count(*) AS judged,
                    count(*) FILTER (WHERE o.left_paid_at IS NULL OR o.left_paid_at > o.paid_at + s.late_after) AS late
             FROM span s, paid p
             JOIN order_keys k USING (order_id)
             JOIN orders o ON o.order_id = k.order_id AND o.partition_at = k.partition_at AND o.paid_at = p.occurred_at
             GROUP BY 1
           ),
           added AS (
             INSERT INTO orders_in_time (bucket, judged, late) SELECT bucket, judged, late FROM counted
             ON CONFLICT (bucket) DO UPDATE
               SET judged = orders_in_time.judged + excluded.judged, late = orders_in_time.late + excluded.late
           )
           INSERT INTO orders_in_time_state AS state (paid_to, late_after, judged, late)
           SELECT s.up_to, s.late_after, coalesce(c.judged, 0), coalesce(c.late, 0)
           FROM span s, (SELECT sum(judged) AS judged, sum(late) AS late FROM counted) AS c
           ON CONFLICT (only_row) DO UPDATE
             SET paid_to = excluded.paid_to, late_after = excluded.late_after,
                 judged = state.judged + excluded.judged, late = state.late + excluded.late`,
    values: [after, upTo, lateAfter],
  });
}
