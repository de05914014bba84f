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

export async function loadRouteStats(db: Queryable): Promise<RouteStats[]> {
  const { rows } = await db.query<RouteStatsRow>({
    name: 'load_route_stats',
    text: `SELECT level, route, trips, mean_seconds, m2_seconds, log_mean, log_m2, distance_km, distance_trips,
                  weight_g, weight_trips, volume_cm3, volume_trips, late, updated_at
           FROM route_stats`,
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
