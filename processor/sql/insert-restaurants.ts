import type { RestaurantEvent } from '../../domain/platform/restaurant-event.ts';
import type { Queryable } from '../../platform/database/database.ts';
import { micros } from './micros.ts';

/** Adds what restaurants said that is not known yet. @returns how much was new */
export async function insertRestaurants(db: Queryable, events: readonly RestaurantEvent[]): Promise<number> {
  if (events.length === 0) return 0;
  const rows = events.map((one) => [
    one.restaurantId,
    one.occurredAt,
    one.contentHash,
    one.eventId,
    one.eventType,
    one.orderId,
    one.region,
    one.reason,
    one.latencyMs,
    one.prepSeconds,
  ]);
  const result = await db.query({
    name: 'insert_restaurants',
    text: `INSERT INTO restaurants (restaurant_id, occurred_at, content_hash, event_id, event_type, order_id, region,
                                    reason, latency_ms, prep_seconds)
           SELECT e->>0, ${micros('e->1')}, (e->2)::bigint, e->>3, e->>4, e->>5, e->>6, e->>7, (e->>8)::numeric,
                  (e->>9)::numeric
           FROM jsonb_array_elements($1::jsonb) AS e
           ON CONFLICT DO NOTHING`,
    values: [JSON.stringify(rows)],
  });
  return result.rowCount ?? 0;
}
