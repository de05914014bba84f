import type { SeriesPoint } from '../../../domain/detection/series-point.ts';
import { formatIso8601 } from '../../../domain/time/iso8601.ts';
import type { Micros } from '../../../domain/time/micros.ts';
import type { Queryable } from '../../../platform/database/database.ts';

/** The points of all series from a moment on, in order of time. Not a named statement, as for `readMeasures`. */
export async function loadPointsSince(db: Queryable, since: Micros): Promise<Map<string, SeriesPoint[]>> {
  const { rows } = await db.query<SeriesPoint & { series_key: string }>({
    text: `SELECT series_key, at, sum, n, squares FROM series_points WHERE at >= $1::timestamptz ORDER BY at`,
    values: [formatIso8601(since)],
  });
  const points = new Map<string, SeriesPoint[]>();
  for (const { series_key, ...point } of rows) {
    const known = points.get(series_key);
    if (known === undefined) points.set(series_key, [point]);
    else known.push(point);
  }
  return points;
}
