import type { RouteKey } from '../../../domain/delivery/routes/route-levels.ts';
import type { RouteStats } from '../../../domain/delivery/routes/route-stats.ts';
import type { Queryable } from '../../../platform/database/database.ts';
import { ROUTE_STATS_COLUMNS, type RouteStatsRow, routeStatsOf } from './load-route-stats.ts';

/** What is known of these routes; those that nobody has travelled are left out. */
export async function findRouteStats(db: Queryable, keys: readonly RouteKey[]): Promise<RouteStats[]> {
  const { rows } = await db.query<RouteStatsRow>({
    name: 'find_route_stats',
    text: `SELECT ${ROUTE_STATS_COLUMNS}
           FROM unnest($1::text[], $2::text[]) AS k (level, route)
           JOIN route_stats AS r USING (level, route)`,
    values: [keys.map(({ level }) => level), keys.map(({ route }) => route)],
  });
  return rows.map(routeStatsOf);
}
