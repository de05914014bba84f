import type { Micros } from '../../domain/time/micros.ts';
import type { Queryable } from '../../platform/database/database.ts';

/** Of each kind. An order that has more is somebody's mistake, and is not to fill the memory of who looks at it. */
export const MOST_SHOWN = 1000;

/** Times are ISO 8601 in UTC. Of events, holds and alerts the latest {@link MOST_SHOWN}, oldest first. */
export interface OrderTimeline {
  order: Record<string, unknown>;
  events: Record<string, unknown>[];
  holds: Record<string, unknown>[];
  alerts: Record<string, unknown>[];
}

/** One order as it is now, with all that happened to it; null when there is no such order. */
export async function orderTimeline(db: Queryable, orderId: string): Promise<OrderTimeline | null> {
  const keys = await db.query<{ partition_at: Micros }>({
    name: 'order_partition',
    text: 'SELECT partition_at::text AS partition_at FROM order_keys WHERE order_id = $1',
    values: [orderId],
  });
  const key = keys.rows[0];
  if (key === undefined) return null;
  const { rows } = await db.query<{ timeline: OrderTimeline }>({
    name: 'order_timeline',
    text: `SELECT jsonb_build_object(
             'order', (SELECT to_jsonb(o) FROM orders_current o WHERE o.order_id = $1 AND o.partition_at = $2::timestamptz),
             'events', (SELECT coalesce(jsonb_agg(to_jsonb(e) - 'content_hash' ORDER BY e.occurred_at, e.event_id), '[]')
                        FROM (SELECT * FROM events WHERE order_id = $1 ORDER BY occurred_at DESC, event_id DESC LIMIT $3) e),
             'holds', (SELECT coalesce(jsonb_agg(to_jsonb(h) ORDER BY h.opened_at, h.hold_id), '[]')
                       FROM (SELECT * FROM holds WHERE order_id = $1 ORDER BY opened_at DESC, hold_id DESC LIMIT $3) h),
             'alerts', (SELECT coalesce(jsonb_agg(to_jsonb(a) ORDER BY a.opened_at, a.alert_id), '[]')
                        FROM (SELECT * FROM alerts WHERE order_id = $1 ORDER BY opened_at DESC, alert_id DESC LIMIT $3) a)
           ) AS timeline`,
    values: [orderId, key.partition_at, MOST_SHOWN],
  });
  return rows[0]?.timeline ?? null;
}
