import type { JudgedPoint } from '../../../domain/series/series-monitor.ts';
import type { Queryable } from '../../../platform/database/database.ts';
import { micros } from '../../sql/micros.ts';

/** Keeps what was seen of series, and what had been expected. */
export async function insertSeriesPoints(db: Queryable, points: readonly JudgedPoint[]): Promise<void> {
  if (points.length === 0) return;
  const rows = points.map(({ key, point, verdict }) => [
    key,
    point.at,
    point.sum,
    point.n,
    point.squares,
    verdict.observed,
    verdict.expected,
    verdict.low,
    verdict.high,
    verdict.score,
    verdict.deviation,
    verdict.anomalous,
  ]);
  await db.query({
    name: 'insert_series_points',
    text: `INSERT INTO series_points (series_key, at, sum, n, squares, observed, expected, low, high, score, deviation,
                                      anomalous)
           SELECT e->>0, ${micros('e->1')}, (e->2)::float8, (e->3)::float8, (e->>4)::float8, (e->>5)::float8,
                  (e->>6)::float8, (e->>7)::float8, (e->>8)::float8, (e->9)::float8, (e->10)::float8, (e->11)::boolean
           FROM jsonb_array_elements($1::jsonb) AS e
           ON CONFLICT DO NOTHING`,
    values: [JSON.stringify(rows)],
  });
}
