import type { RiderHour } from '../../../domain/forecast/rider-book.ts';
import { formatIso8601 } from '../../../domain/time/iso8601.ts';
import type { Micros } from '../../../domain/time/micros.ts';
import type { Queryable } from '../../../platform/database/database.ts';

/**
 * What was seen of the riders of each region in the hours from `from` (inclusive) to `to` (exclusive), both whole hours. A
 * rider is there in a step of five minutes if the last word of it in that step is another than OFFLINE. Hours in which
 * nothing was heard of any rider of a region are left out.
 */
export async function readRiderHours(db: Queryable, from: Micros, to: Micros): Promise<RiderHour[]> {
  const { rows } = await db.query<{
    at: Micros;
    region: string;
    present: number;
    busy: number;
    delivered: number;
  }>({
    name: 'read_rider_hours',
    text: `WITH heard AS (
             SELECT DISTINCT ON (step, rider_id) step, rider_id, region, event_type
             FROM (SELECT *, time_bucket(INTERVAL '5 minutes', occurred_at) AS step FROM riders
                   WHERE occurred_at >= $1::timestamptz AND occurred_at < $2::timestamptz AND region IS NOT NULL) AS r
             ORDER BY step, rider_id, occurred_at DESC, content_hash
           ),
           there AS (
             SELECT time_bucket(INTERVAL '1 hour', step) AS at, region,
                    count(*) FILTER (WHERE event_type <> 'OFFLINE') / 12.0 AS present,
                    count(*) FILTER (WHERE event_type = 'BUSY') / 12.0 AS busy
             FROM heard GROUP BY 1, 2
           ),
           brought AS (
             SELECT time_bucket(INTERVAL '1 hour', occurred_at) AS at, region, count(DISTINCT order_id) AS delivered
             FROM deliveries
             WHERE occurred_at >= $1::timestamptz AND occurred_at < $2::timestamptz AND event_type = 'DELIVERED'
             GROUP BY 1, 2
           )
           SELECT t.at, t.region, t.present::float8 AS present, t.busy::float8 AS busy,
                  coalesce(b.delivered, 0)::integer AS delivered
           FROM there t LEFT JOIN brought b USING (at, region)
           ORDER BY t.at, t.region COLLATE "C"`,
    values: [formatIso8601(from), formatIso8601(to)],
  });
  return rows;
}
