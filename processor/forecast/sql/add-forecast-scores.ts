import type { ForecastSums } from '../../../domain/forecast/forecast-sums.ts';
import type { Queryable } from '../../../platform/database/database.ts';
import { micros } from '../../sql/micros.ts';

/** Adds to how forecasts did, by day. */
export async function addForecastScores(db: Queryable, sums: readonly ForecastSums[]): Promise<void> {
  if (sums.length === 0) return;
  const rows = sums.map((s) => [
    ...[s.region, s.horizonHours, s.day, s.hours, s.orders, s.absoluteError, s.naiveError, s.inside],
  ]);
  await db.query({
    name: 'add_forecast_scores',
    text: `INSERT INTO forecast_scores AS f (region, horizon_hours, day, hours, orders, absolute_error, naive_error, inside)
           SELECT e->>0, (e->>1)::smallint, (${micros('e->>2')} AT TIME ZONE 'UTC')::date, (e->>3)::integer, (e->>4)::float8,
                  (e->>5)::float8, (e->>6)::float8, (e->>7)::integer
           FROM jsonb_array_elements($1::jsonb) AS e
           ORDER BY 1, 2, 3
           ON CONFLICT (region, horizon_hours, day) DO UPDATE
             SET hours = f.hours + excluded.hours, orders = f.orders + excluded.orders,
                 absolute_error = f.absolute_error + excluded.absolute_error,
                 naive_error = f.naive_error + excluded.naive_error, inside = f.inside + excluded.inside`,
    values: [JSON.stringify(rows)],
  });
}
