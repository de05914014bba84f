import { formatIso8601 } from '../../../domain/time/iso8601.ts';
import type { Micros } from '../../../domain/time/micros.ts';
import type { Queryable } from '../../../platform/database/database.ts';
import { micros } from '../../sql/micros.ts';

/** What came in an hour of a region. */
export interface SettledHour {
  at: Micros;
  region: string;
  orders: number;
  /** Mean of the riders that were there; null: nothing was heard of any. */
  riders: number | null;
}

/** Writes beside the forecasts of hours that are over what came. An hour that was not forecast is left out. */
export async function settleDemandForecasts(db: Queryable, hours: readonly SettledHour[]): Promise<void> {
  if (hours.length === 0) return;
  const times = hours.map(({ at }) => at);
  await db.query({
    name: 'settle_demand_forecasts',
    text: `UPDATE demand_forecasts f SET orders = (e->>2)::integer, riders = (e->>3)::float8
           FROM jsonb_array_elements($1::jsonb) AS e
           WHERE f.region = e->>1 AND f.at = ${micros('e->>0')}
             AND f.at >= $2::timestamptz AND f.at <= $3::timestamptz`,
    values: [
      JSON.stringify(hours.map((h) => [h.at, h.region, h.orders, h.riders])),
      formatIso8601(times.reduce((a, b) => Math.min(a, b))),
      formatIso8601(times.reduce((a, b) => Math.max(a, b))),
    ],
  });
}
