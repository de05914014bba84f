import type { Micros } from '../../../domain/time/micros.ts';
import type { Queryable } from '../../../platform/database/database.ts';
import { micros } from '../../sql/micros.ts';

/** What is expected of an hour of a region. */
export interface ForecastRow {
  at: Micros;
  region: string;
  issuedAt: Micros;
  expected: number;
  low: number;
  high: number;
  naive: number | null;
  /** Only with the first forecast of the hour. */
  dayAhead: { expected: number; low: number; high: number } | null;
  ridersNeeded: number | null;
  ridersUsual: number | null;
}

/** Writes forecasts in place of earlier ones of the same hour. What was expected a day before stays. */
export async function upsertDemandForecasts(db: Queryable, rows: readonly ForecastRow[]): Promise<void> {
  if (rows.length === 0) return;
  const values = rows.map((r) => [
    ...[r.at, r.region, r.issuedAt, r.expected, r.low, r.high, r.naive],
    ...[r.dayAhead?.expected ?? null, r.dayAhead?.low ?? null, r.dayAhead?.high ?? null],
    ...[r.ridersNeeded, r.ridersUsual],
  ]);
  await db.query({
    name: 'upsert_demand_forecasts',
    text: `INSERT INTO demand_forecasts AS f (at, region, issued_at, expected, low, high, naive, day_ahead_expected,
                                              day_ahead_low, day_ahead_high, riders_needed, riders_usual)
           SELECT ${micros('e->>0')}, e->>1, ${micros('e->>2')}, (e->>3)::float8, (e->>4)::float8, (e->>5)::float8,
                  (e->>6)::float8, (e->>7)::float8, (e->>8)::float8, (e->>9)::float8, (e->>10)::float8, (e->>11)::float8
           FROM jsonb_array_elements($1::jsonb) AS e
           ORDER BY e->>1, e->0
           ON CONFLICT (region, at) DO UPDATE
             SET issued_at = excluded.issued_at, expected = excluded.expected, low = excluded.low, high = excluded.high,
                 naive = excluded.naive,
                 day_ahead_expected = coalesce(f.day_ahead_expected, excluded.day_ahead_expected),
                 day_ahead_low = coalesce(f.day_ahead_low, excluded.day_ahead_low),
                 day_ahead_high = coalesce(f.day_ahead_high, excluded.day_ahead_high),
                 riders_needed = excluded.riders_needed, riders_usual = excluded.riders_usual`,
    values: [JSON.stringify(values)],
  });
}
