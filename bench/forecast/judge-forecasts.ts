import {
  type ForecastShape,
  type ScoredForecast,
  SeriesForecaster,
} from '../../domain/forecast/series-forecaster.ts';
import { bootstrapInterval, type Interval } from '../../domain/statistics/bootstrap.ts';
import { DAY, type Micros } from '../../domain/time/micros.ts';

export interface HorizonFigures {
  /** Steps ahead. */
  horizon: number;
  forecasts: number;
  /** Sum of absolute errors over the sum of what came (WAPE). */
  error: number;
  naiveError: number;
  /** `error / naiveError`, with its 95 % interval from resampled days. */
  ratio: number;
  ratioInterval: Interval;
  /** Share of what came within low and high. */
  coverage: number;
  /** Mean of high - low over the mean of what came. */
  width: number;
}

export interface SeriesPointRead {
  at: Micros;
  value: number;
}

/**
 * Walks through a series as it came: each step is forecast before it is seen.
 *
 * @param warmUp from the first point; what is forecast for this time is learnt from and not judged
 */
export function judgeForecasts(
  series: readonly SeriesPointRead[],
  shape: ForecastShape,
  warmUp: Micros,
): HorizonFigures[] {
  const forecaster = new SeriesForecaster(shape);
  const judged = new Map<number, ScoredForecast[]>(shape.horizons.map((horizon) => [horizon, []]));
  const begin = (series[0]?.at ?? 0) + warmUp;
  for (const { at, value } of series) {
    for (const scored of forecaster.observe(at, value)) {
      if (at >= begin && scored.naive !== null) judged.get(scored.horizon)!.push(scored);
    }
    forecaster.forecast();
  }
  return shape.horizons.map((horizon) => figures(horizon, judged.get(horizon)!));
}

interface DaySums {
  error: number;
  naive: number;
}

function figures(horizon: number, judged: readonly ScoredForecast[]): HorizonFigures {
  const days = new Map<number, DaySums>();
  let [error, naive, actual, inside, width] = [0, 0, 0, 0, 0];
  for (const one of judged) {
    const day = Math.floor(one.at / DAY);
    const sums = days.get(day) ?? { error: 0, naive: 0 };
    const [wrong, naiveWrong] = [Math.abs(one.actual - one.expected), Math.abs(one.actual - one.naive!)];
    days.set(day, { error: sums.error + wrong, naive: sums.naive + naiveWrong });
    error += wrong;
    naive += naiveWrong;
    actual += one.actual;
    width += one.high - one.low;
    if (one.low <= one.actual && one.actual <= one.high) inside += 1;
  }
  return {
    horizon,
    forecasts: judged.length,
    error: error / actual,
    naiveError: naive / actual,
    ratio: error / naive,
    ratioInterval: bootstrapInterval([...days.values()], ratioOf),
    coverage: inside / judged.length,
    width: width / actual,
  };
}

function ratioOf(days: readonly DaySums[]): number {
  let [error, naive] = [0, 0];
  for (const day of days) {
    error += day.error;
    naive += day.naive;
  }
  return error / naive;
}
