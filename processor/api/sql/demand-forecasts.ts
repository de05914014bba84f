import type { Micros } from '../../../domain/time/micros.ts';
import type { Queryable } from '../../../platform/database/database.ts';
import { micros } from '../../sql/micros.ts';

export interface DemandQuery {
  region: string | null;
  from: Micros;
  /** Not in it. */
  to: Micros;
  after: readonly [at: Micros, region: string] | null;
  most: number;
}

export interface DemandRow {
  at: Micros;
  region: string;
  issued_at: Micros;
  expected: number;
  low: number;
  high: number;
  naive: number | null;
  day_ahead_expected: number | null;
  day_ahead_low: number | null;
  day_ahead_high: number | null;
  riders_needed: number | null;
  riders_usual: number | null;
  orders: number | null;
  riders: number | null;
}

/** By hour, then region. */
export async function demandForecasts(db: Queryable, query: DemandQuery): Promise<DemandRow[]> {
  const { rows } = await db.query<DemandRow & Record<string, unknown>>({
    name: 'api_demand_forecasts',
    text: `SELECT at, region, issued_at, expected, low, high, naive, day_ahead_expected, day_ahead_low, day_ahead_high, riders_needed,
                  riders_usual, orders, riders
           FROM demand_forecasts
           WHERE at >= ${micros('$1')} AND at < ${micros('$2')} AND ($3::text IS NULL OR region = $3)
             AND ($4::float8 IS NULL OR at > ${micros('$4')} OR (at = ${micros('$4')} AND region > $5))
           ORDER BY at, region LIMIT $6`,
    values: [
      query.from,
      query.to,
      query.region,
      query.after?.[0] ?? null,
      query.after?.[1] ?? null,
      query.most,
    ],
  });
  return rows;
}
