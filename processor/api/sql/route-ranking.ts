import type { RouteLevel } from '../../../domain/delivery/routes/route-levels.ts';
import type { Queryable } from '../../../platform/database/database.ts';

export interface RouteRankingQuery {
  level: RouteLevel;
  order: 'fastest' | 'slowest';
  minTrips: number;
  after: readonly [meanSeconds: number, route: string] | null;
  most: number;
}

export interface RankedRoute {
  route: string;
  trips: number;
  late: number;
  mean_seconds: number;
  /** Null for one trip. */
  sd_seconds: number | null;
  distance_km: number | null;
  weight_g: number | null;
  volume_cm3: number | null;
}

/** Routes of a level by the mean of their lead times (hand-over to delivery). */
export async function routeRanking(db: Queryable, query: RouteRankingQuery): Promise<RankedRoute[]> {
  const slowest = query.order === 'slowest';
  const { rows } = await db.query<RankedRoute & Record<string, unknown>>({
    name: slowest ? 'api_slowest_routes' : 'api_fastest_routes',
    text: `SELECT route, trips, late, mean_seconds, CASE WHEN trips > 1 THEN sqrt(m2_seconds / (trips - 1)) END AS sd_seconds,
                  distance_km, weight_g, volume_cm3
           FROM route_stats
           WHERE level = $1 AND trips >= $2
             AND ($3::float8 IS NULL OR mean_seconds ${slowest ? '<' : '>'} $3 OR (mean_seconds = $3 AND route > $4))
           ORDER BY mean_seconds ${slowest ? 'DESC' : 'ASC'}, route LIMIT $5`,
    values: [query.level, query.minTrips, query.after?.[0] ?? null, query.after?.[1] ?? null, query.most],
  });
  return rows;
}
