import type { RouteKey } from '../../../domain/delivery/routes/route-levels.ts';
import type { RouteStats } from '../../../domain/delivery/routes/route-stats.ts';
import type { Queryable } from '../../../platform/database/database.ts';
import { type RouteStatsRow, routeStatsOf } from '../../sequence/sql/load-route-stats.ts';

/** What is known of these routes; those that nobody has travelled are left out. */
export async function routeStatsOfKeys(db: Queryable, keys: readonly RouteKey[]): Promise<RouteStats[]> {
  const { rows } = await db.query<RouteStatsRow & Record<string, unknown>>({
    name: 'api_route_stats',
    text: `SELECT r.* FROM jsonb_array_elements($1::jsonb) AS wanted (e)
           JOIN route_stats r ON r.level = e->>0 AND r.route = e->>1`,
    values: [JSON.stringify(keys.map(({ level, route }) => [level, route]))],
  });
  return rows.map(routeStatsOf);
}
