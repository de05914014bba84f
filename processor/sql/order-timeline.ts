import type { Micros } from '../../domain/time/micros.ts';
import type { Queryable } from '../../platform/database/database.ts';

/** Times are ISO 8601 in UTC. */
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
                        FROM events e WHERE e.order_id = $1),
             'holds', (SELECT coalesce(jsonb_agg(to_jsonb(h) ORDER BY h.opened_at, h.hold_id), '[]')
                       FROM holds h WHERE h.order_id = $1),
             'alerts', (SELECT coalesce(jsonb_agg(to_jsonb(a) ORDER BY a.opened_at, a.alert_id), '[]')
                        FROM alerts a WHERE a.order_id = $1)
           ) AS timeline`,
    values: [orderId, key.partition_at],
  });
  return rows[0]?.timeline ?? null;
}
