import { normalQuantile } from '../statistics/normal.ts';
import type { RouteLevel } from './route-levels.ts';
import type { RouteStats } from './route-stats.ts';

/** Lead time, hand-over to delivery, that is to be expected on a route. */
export interface RouteEstimate {
  /** The finest level of which enough is known to call the estimate after it. */
  level: RouteLevel;
  route: string;
  /** Of that level. */
  trips: number;
  /** Of the coarsest level: all that the estimate is made from. */
  tripsInAll: number;
  meanSeconds: number;
  sdSeconds: number;
  /** Of this route where both places are known, else the mean of its trips. */
  distanceKm: number | null;
  /** Within how many seconds a share `p` of such trips ends, 0 < p < 1. */
  quantileSeconds(p: number): number;
}

/** As many trips a level has to have for the estimate to be called after it. */
const NAMING_TRIPS = 10;

/**
 * How many trips of its own the level above counts for, chosen by one-step-ahead errors: docs/prediction.md. The first
 * level that is known, `all` as a rule, stands for itself.
 */
const PARENT_TRIPS: Readonly<Record<RouteLevel, number>> = { zip: 4, city: 8, state: 8, distance: 2, all: 0 };

/** Where nothing is known of the spread: that of a log-normal with a coefficient of variation of 0.73. */
const LOG_VARIANCE = 0.43;

interface Moments {
  mean: number;
  variance: number;
}

/**
 * The lead time of a route from the statistics of its levels, the finest first; null without any.
 *
 * From the coarsest to the finest, the level above is a prior that counts for k trips: the mean of n trips becomes
 * (n mean + k prior) / (n + k), and the variance that of the trips and the prior about it (the normal model with a
 * conjugate prior: Gelman et al., Bayesian Data Analysis, 3rd ed., section 3.3, with as many degrees of freedom as trips).
 * So a route with many trips speaks for itself, and one with few says little, without a threshold in between. Quantiles
 * are those of a log-normal distribution.
 */
export function estimateRoute(
  levels: readonly Readonly<RouteStats>[],
  distanceKm: number | null,
): RouteEstimate | null {
  const known = levels.filter(({ trips }) => trips > 0);
  const named = known.find(({ trips }) => trips >= NAMING_TRIPS) ?? known.at(-1);
  if (named === undefined) return null;
  let linear: Moments | null = null;
  let log: Moments | null = null;
  for (const { level, trips, meanSeconds, m2Seconds, logMean, logM2 } of known.toReversed()) {
    const weight = PARENT_TRIPS[level];
    linear = shrink({ trips, mean: meanSeconds, m2: m2Seconds }, linear, weight, meanSeconds ** 2 / 2);
    log = shrink({ trips, mean: logMean, m2: logM2 }, log, weight, LOG_VARIANCE);
  }
  const { mean: logMean, variance: logVariance } = log!;
  return {
    level: named.level,
    route: named.route,
    trips: named.trips,
    tripsInAll: known.at(-1)!.trips,
    meanSeconds: linear!.mean,
    sdSeconds: Math.sqrt(linear!.variance),
    distanceKm: distanceKm ?? named.distanceKm,
    quantileSeconds: (p) => Math.exp(logMean + normalQuantile(p) * Math.sqrt(logVariance)),
  };
}

/** @param variance of one trip, where there is no prior and too few trips to tell */
function shrink(
  { trips, mean, m2 }: { trips: number; mean: number; m2: number },
  prior: Moments | null,
  weight: number,
  variance: number,
): Moments {
  if (prior === null) return { mean, variance: (m2 + variance) / trips };
  const total = trips + weight;
  const between = ((trips * weight) / total) * (mean - prior.mean) ** 2;
  return {
    mean: (trips * mean + weight * prior.mean) / total,
    variance: (m2 + weight * prior.variance + between) / total,
  };
}
