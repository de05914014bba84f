import { DAY, type Micros } from '../time/micros.ts';
import type { ClosedHour } from './demand-desk.ts';

/** Forecasts of a day against what came. */
export interface ForecastSums {
  region: string;
  horizonHours: number;
  /** Start of the day (UTC) of the hours. */
  day: Micros;
  hours: number;
  orders: number;
  /** Sums of |orders - expected|, and of |orders - those of the hour a week before|. */
  absoluteError: number;
  naiveError: number;
  /** Hours whose orders lay within low and high. */
  inside: number;
}

/** Only hours with a seasonal naive forecast count, so that both are judged on the same. */
export function sumForecasts(hours: readonly ClosedHour[]): ForecastSums[] {
  const sums = new Map<string, ForecastSums>();
  for (const { at, regions } of hours) {
    const day = Math.floor(at / DAY) * DAY;
    for (const { region, scored } of regions) {
      for (const { horizon, actual, expected, naive, low, high } of scored) {
        if (naive === null) continue;
        const key = JSON.stringify([region, horizon, day]);
        const sum = sums.get(key) ?? nothing(region, horizon, day);
        sum.hours += 1;
        sum.orders += actual;
        sum.absoluteError += Math.abs(actual - expected);
        sum.naiveError += Math.abs(actual - naive);
        if (low <= actual && actual <= high) sum.inside += 1;
        sums.set(key, sum);
      }
    }
  }
  return [...sums.values()];
}

function nothing(region: string, horizonHours: number, day: Micros): ForecastSums {
  return { region, horizonHours, day, hours: 0, orders: 0, absoluteError: 0, naiveError: 0, inside: 0 };
}
