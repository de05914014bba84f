import { type ClosedHour, HOURS_AHEAD } from '../../domain/forecast/demand-desk.ts';
import type { RiderBook, RiderHour } from '../../domain/forecast/rider-book.ts';
import type { Forecast } from '../../domain/forecast/series-forecaster.ts';
import type { Micros } from '../../domain/time/micros.ts';
import type { SettledHour } from './sql/settle-demand-forecasts.ts';
import type { ForecastRow } from './sql/upsert-demand-forecasts.ts';

/** Of the forecasts of several hours, the last one of each hour to come, and the first where it is 24 hours ahead. */
export function forecastRows(riders: RiderBook) {
  const rows = new Map<string, ForecastRow>();
  return {
    add(region: string, issuedAt: Micros, outlook: readonly Forecast[]): void {
      for (const { at, horizon, expected, low, high, naive } of outlook) {
        const key = `${at}/${region}`;
        const dayAhead =
          horizon === HOURS_AHEAD ? { expected, low, high } : (rows.get(key)?.dayAhead ?? null);
        const ridersNeeded = riders.needed(region, expected);
        const ridersUsual = riders.usual(region, at);
        rows.set(key, {
          ...{ at, region, issuedAt, expected, low, high, naive },
          ...{ dayAhead, ridersNeeded, ridersUsual },
        });
      }
    },
    all(): ForecastRow[] {
      return [...rows.values()];
    },
  };
}

export function settledHours(
  hours: readonly ClosedHour[],
  seen: ReadonlyMap<Micros, readonly RiderHour[]>,
): SettledHour[] {
  return hours.flatMap(({ at, regions }) =>
    regions.map(({ region, orders }) => {
      const riders = seen.get(at)?.find((one) => one.region === region)?.present ?? null;
      return { at, region, orders, riders };
    }),
  );
}
