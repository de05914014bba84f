import type { Micros } from '../../../domain/time/micros.ts';
import type { Queryable } from '../../../platform/database/database.ts';

/** Regions that have had orders lately, those with an incident that is open first. */
export async function regionsToAsk(db: Queryable, since: Micros, most: number): Promise<string[]> {
  const { rows } = await db.query<{ region: string }>({
    name: 'regions_to_ask',
    text: `SELECT seen.region
           FROM (SELECT DISTINCT substr(series_key, length('orders|region=') + 1) AS region FROM series_points
                 WHERE at >= TIMESTAMPTZ 'epoch' + INTERVAL '1 microsecond' * $1::float8
                   AND starts_with(series_key, 'orders|region=')) AS seen
           ORDER BY EXISTS (SELECT FROM incidents WHERE memory IS NOT NULL AND scope ->> 'region' = seen.region) DESC,
                    seen.region
           LIMIT $2`,
    values: [since, most],
  });
  return rows.map(({ region }) => region);
}
