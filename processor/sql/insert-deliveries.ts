import type { DeliveryEvent } from '../../domain/platform/delivery-event.ts';
import type { Queryable } from '../../platform/database/database.ts';
import { micros } from './micros.ts';

/** Adds the events of deliveries that are not known yet. @returns how many were new */
export async function insertDeliveries(db: Queryable, events: readonly DeliveryEvent[]): Promise<number> {
  if (events.length === 0) return 0;
  const rows = events.map((one) => [
    one.orderId,
    one.occurredAt,
    one.contentHash,
    one.eventId,
    one.eventType,
    one.riderId,
    one.restaurantId,
    one.region,
    one.promisedAt,
    one.reason,
    one.distanceKm,
    one.routeSeconds,
  ]);
  const result = await db.query({
    name: 'insert_deliveries',
    text: `INSERT INTO deliveries (order_id, occurred_at, content_hash, event_id, event_type, rider_id, restaurant_id,
                                   region, promised_at, reason, distance_km, route_seconds)
           SELECT e->>0, ${micros('e->1')}, (e->2)::bigint, e->>3, e->>4, e->>5, e->>6, e->>7, ${micros('e->>8')},
                  e->>9, (e->>10)::float8, (e->>11)::float8
           FROM jsonb_array_elements($1::jsonb) AS e
           ON CONFLICT DO NOTHING`,
    values: [JSON.stringify(rows)],
  });
  return result.rowCount ?? 0;
}
