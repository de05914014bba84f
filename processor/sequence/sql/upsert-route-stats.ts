import type { RouteStats } from '../../../domain/delivery/routes/route-stats.ts';
import type { Queryable } from '../../../platform/database/database.ts';
import { micros } from '../../sql/micros.ts';

export async function upsertRouteStats(db: Queryable, routes: readonly RouteStats[]): Promise<void> {
  if (routes.length === 0) return;
  const rows = routes.map((r) => [
    r.level,
    r.route,
    r.trips,
    r.meanSeconds,
    r.m2Seconds,
    r.logMean,
    r.logM2,
    r.distanceKm,
    r.distanceTrips,
    r.weightG,
    r.weightTrips,
    r.volumeCm3,
    r.volumeTrips,
    r.late,
    r.updatedAt,
  ]);
  await db.query({
    name: 'upsert_route_stats',
    text: `INSERT INTO route_stats (level, route, trips, mean_seconds, m2_seconds, log_mean, log_m2, distance_km,
                                    distance_trips, weight_g, weight_trips, volume_cm3, volume_trips, late, updated_at)
           SELECT e->>0, e->>1, (e->>2)::integer, (e->>3)::float8, (e->>4)::float8, (e->>5)::float8, (e->>6)::float8,
                  (e->>7)::float8, (e->>8)::integer, (e->>9)::float8, (e->>10)::integer, (e->>11)::float8,
                  (e->>12)::integer, (e->>13)::integer, ${micros('e->>14')}
           FROM jsonb_array_elements($1::jsonb) AS e ORDER BY 1, 2
           ON CONFLICT (level, route) DO UPDATE SET
             trips = excluded.trips, mean_seconds = excluded.mean_seconds, m2_seconds = excluded.m2_seconds,
             log_mean = excluded.log_mean, log_m2 = excluded.log_m2, distance_km = excluded.distance_km,
             distance_trips = excluded.distance_trips, weight_g = excluded.weight_g,
             weight_trips = excluded.weight_trips, volume_cm3 = excluded.volume_cm3,
             volume_trips = excluded.volume_trips, late = excluded.late, updated_at = excluded.updated_at`,
    values: [JSON.stringify(rows)],
  });
}
