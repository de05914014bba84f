import type { RiderEvent } from '../../domain/platform/rider-event.ts';
import type { Queryable } from '../../platform/database/database.ts';
import { micros } from './micros.ts';

/** Adds what riders said that is not known yet. @returns how much was new */
export async function insertRiders(db: Queryable, events: readonly RiderEvent[]): Promise<number> {
  if (events.length === 0) return 0;
  const rows = events.map((one) => [
    one.riderId,
    one.occurredAt,
    one.contentHash,
    one.eventId,
    one.eventType,
    one.region,
    one.latitude,
    one.longitude,
  ]);
  const result = await db.query({
    name: 'insert_riders',
    text: `INSERT INTO riders (rider_id, occurred_at, content_hash, event_id, event_type, region, latitude, longitude)
           SELECT e->>0, ${micros('e->1')}, (e->2)::bigint, e->>3, e->>4, e->>5, (e->>6)::float8, (e->>7)::float8
           FROM jsonb_array_elements($1::jsonb) AS e
           ON CONFLICT DO NOTHING`,
    values: [JSON.stringify(rows)],
  });
  return result.rowCount ?? 0;
}
