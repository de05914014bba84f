import { formatIso8601 } from '../../../domain/time/iso8601.ts';
import { type Micros, SECOND } from '../../../domain/time/micros.ts';
import type { Queryable } from '../../../platform/database/database.ts';
import type { StepRange } from './read-measures.ts';

export interface RestaurantRow {
  /** Start of the step. */
  step: Micros;
  restaurant_id: string;
  region: string | null;
  /** Why it refused; null: what it said else. */
  reason: string | null;
  count: number;
}

/** What restaurants said in each step: where they are, and for which reasons they refused. Not named, as for `readMeasures`. */
export async function readRestaurants(
  db: Queryable,
  { from, to, step }: StepRange,
): Promise<RestaurantRow[]> {
  const { rows } = await db.query<RestaurantRow & Record<string, unknown>>({
    text: `SELECT time_bucket($3::interval, occurred_at) AS step, restaurant_id, region,
                  CASE WHEN event_type = 'REFUSED' THEN coalesce(reason, 'OTHER') END AS reason, count(*) AS count
           FROM restaurants WHERE occurred_at >= $1::timestamptz AND occurred_at < $2::timestamptz
           GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4`,
    values: [formatIso8601(from), formatIso8601(to), `${step / SECOND} seconds`],
  });
  return rows;
}
