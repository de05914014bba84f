import type { RouteLevel } from '../../../domain/delivery/routes/route-levels.ts';
import type { RouteStats } from '../../../domain/delivery/routes/route-stats.ts';
import type { Micros } from '../../../domain/time/micros.ts';
import type { Queryable } from '../../../platform/database/database.ts';

/** A row of `route_stats`. */
export interface RouteStatsRow {
  level: RouteLevel;
  route: string;
  trips: number;
  mean_seconds: number;
  m2_seconds: number;
  log_mean: number;
  log_m2: number;
  distance_km: number | null;
  distance_trips: number;
  weight_g: number | null;
  weight_trips: number;
  volume_cm3: number | null;
  volume_trips: number;
  late: number;
  updated_at: Micros;
}

/** Of `route_stats` as r. */
export const ROUTE_STATS_COLUMNS = `r.level, r.route, r.trips, r.mean_seconds, r.m2_seconds, r.log_mean, r.log_m2,
  r.distance_km, r.distance_trips, r.weight_g, r.weight_trips, r.volume_cm3, r.volume_trips, r.late, r.updated_at`;

/** All routes of these levels. */
export async function loadRouteStats(db: Queryable, levels: readonly RouteLevel[]): Promise<RouteStats[]> {
  const { rows } = await db.query<RouteStatsRow>({
    name: 'load_route_stats',
    text: `SELECT ${ROUTE_STATS_COLUMNS} FROM route_stats AS r WHERE level = ANY ($1)`,
    values: [levels],
  });
  return rows.map(routeStatsOf);
}

export function routeStatsOf(row: RouteStatsRow): RouteStats {
  return {
    level: row.level,
    route: row.route,
    trips: row.trips,
    meanSeconds: row.mean_seconds,
    m2Seconds: row.m2_seconds,
    logMean: row.log_mean,
    logM2: row.log_m2,
    distanceKm: row.distance_km,
    distanceTrips: row.distance_trips,
    weightG: row.weight_g,
    weightTrips: row.weight_trips,
    volumeCm3: row.volume_cm3,
    volumeTrips: row.volume_trips,
    late: row.late,
    updatedAt: row.updated_at,
  };
}
