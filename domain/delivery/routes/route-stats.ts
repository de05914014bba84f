import type { Micros } from '../../time/micros.ts';
import type { RouteLevel } from './route-levels.ts';

/** What is known of a route: a row of `route_stats`. Durations are from hand-over to delivery. */
export interface RouteStats {
  level: RouteLevel;
  route: string;
  trips: number;
  meanSeconds: number;
  /** Sum of squared deviations from the mean. */
  m2Seconds: number;
  /** Mean of the natural logarithm of the seconds, and the sum of squared deviations from it. */
  logMean: number;
  logM2: number;
  /** Means over the trips of which it is known, and how many these are. */
  distanceKm: number | null;
  distanceTrips: number;
  weightG: number | null;
  weightTrips: number;
  volumeCm3: number | null;
  volumeTrips: number;
  /** Trips that ended after the promise. */
  late: number;
  /** Event time of the last trip that was added. */
  updatedAt: Micros;
}

/** One trip, hand-over to delivery. */
export interface Trip {
  seconds: number;
  distanceKm: number | null;
  weightG: number | null;
  volumeCm3: number | null;
  late: boolean;
  deliveredAt: Micros;
}

export function newRoute(level: RouteLevel, route: string): RouteStats {
  return {
    level,
    route,
    trips: 0,
    meanSeconds: 0,
    m2Seconds: 0,
    logMean: 0,
    logM2: 0,
    distanceKm: null,
    distanceTrips: 0,
    weightG: null,
    weightTrips: 0,
    volumeCm3: null,
    volumeTrips: 0,
    late: 0,
    updatedAt: 0,
  };
}

/** A trip that took no time at all still has a logarithm. */
const SHORTEST_SECONDS = 60;

/**
 * Adds a trip to means and sums of squares. Source: B. P. Welford, "Note on a method for calculating corrected sums of
 * squares and products", Technometrics 4 (1962), 419-420.
 */
export function addTrip(stats: RouteStats, trip: Trip): void {
  stats.trips += 1;
  const deviation = trip.seconds - stats.meanSeconds;
  stats.meanSeconds += deviation / stats.trips;
  stats.m2Seconds += deviation * (trip.seconds - stats.meanSeconds);
  const logSeconds = Math.log(Math.max(trip.seconds, SHORTEST_SECONDS));
  const logDeviation = logSeconds - stats.logMean;
  stats.logMean += logDeviation / stats.trips;
  stats.logM2 += logDeviation * (logSeconds - stats.logMean);
  if (trip.distanceKm !== null) {
    stats.distanceTrips += 1;
    stats.distanceKm = nextMean(stats.distanceKm, trip.distanceKm, stats.distanceTrips);
  }
  if (trip.weightG !== null) {
    stats.weightTrips += 1;
    stats.weightG = nextMean(stats.weightG, trip.weightG, stats.weightTrips);
  }
  if (trip.volumeCm3 !== null) {
    stats.volumeTrips += 1;
    stats.volumeCm3 = nextMean(stats.volumeCm3, trip.volumeCm3, stats.volumeTrips);
  }
  if (trip.late) stats.late += 1;
  stats.updatedAt = Math.max(stats.updatedAt, trip.deliveredAt);
}

function nextMean(mean: number | null, value: number, count: number): number {
  return mean === null ? value : mean + (value - mean) / count;
}

/** Seconds of transit a kilometre, mean over mean; null where no distance is known, or there is none. */
export function secondsPerKm({ meanSeconds, distanceKm }: RouteStats): number | null {
  return distanceKm === null || distanceKm === 0 ? null : meanSeconds / distanceKm;
}
