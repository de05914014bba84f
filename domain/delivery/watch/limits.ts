import { SECOND } from '../../time/micros.ts';
import type { FollowedOrder } from '../milestone.ts';
import type { RouteEstimate } from '../routes/route-book.ts';
import type { PreparationHistogram } from '../sellers/preparation-histogram.ts';
import type { Limit } from './order-watch.ts';

export interface LimitSettings {
  /** The limit of a preparation is this quantile of earlier ones, 0 to 1. */
  preparationQuantile: number;
  /** ... and at least so long. */
  preparationFloorSeconds: number;
  /** ... and this while too few preparations are known and the seller has promised no time. */
  preparationDefaultSeconds: number;
  /** All sellers together count as much as so many preparations of the seller's own. */
  preparationPseudoCount: number;
  /** Below so many preparations of all sellers nobody can say what is usual. */
  minimumPreparations: number;
  /** The same for trips on all routes. */
  minimumTrips: number;
  /** A trip is an outlier when it takes longer than this quantile of the earlier ones, 0 to 1. */
  transitQuantile: number;
  /** ... and than this. */
  transitFloorSeconds: number;
}

/**
 * How long the preparation of an order may take before it is conspicuous: the quantile of the seller's own history,
 * shrunk towards that of all sellers, (n own + k all) / (n + k) with n the seller's preparations and k the pseudo-count
 * (credibility with fixed k; Bühlmann 1967), and never below the floor. While too little is known of anybody, what the
 * seller promised counts, and without a promise the default.
 */
export function preparationLimit(
  order: FollowedOrder,
  { own, all }: { own: PreparationHistogram; all: PreparationHistogram },
  settings: LimitSettings,
): Limit {
  const floor = settings.preparationFloorSeconds;
  const ofAll = all.quantile(settings.preparationQuantile);
  if (ofAll === null || all.count < settings.minimumPreparations) return promisedLimit(order, settings);
  const k = settings.preparationPseudoCount;
  const ofOwn = own.quantile(settings.preparationQuantile);
  const shrunk = ofOwn === null ? ofAll : (own.count * ofOwn + k * ofAll) / (own.count + k);
  if (shrunk <= floor) return { seconds: floor, from: 'floor', cases: 0 };
  return ofOwn === null
    ? { seconds: shrunk, from: 'all_sellers', cases: all.count }
    : { seconds: shrunk, from: 'seller', cases: own.count };
}

function promisedLimit({ lines, approvedAt }: FollowedOrder, settings: LimitSettings): Limit {
  const floor = settings.preparationFloorSeconds;
  const promises = lines.flatMap(({ handOverBy }) => handOverBy ?? []);
  const isPromised = promises.length > 0 && approvedAt !== null;
  const seconds = isPromised
    ? (Math.min(...promises) - approvedAt) / SECOND
    : settings.preparationDefaultSeconds;
  if (seconds <= floor) return { seconds: floor, from: 'floor', cases: 0 };
  return { seconds, from: isPromised ? 'hand_over_by' : 'default', cases: 0 };
}

/** How long the trip of an order may take before it is an outlier among those on such a route; null: too few trips. */
export function transitLimit(estimate: RouteEstimate | null, settings: LimitSettings): Limit | null {
  if (estimate === null || estimate.tripsInAll < settings.minimumTrips) return null;
  const seconds = estimate.quantileSeconds(settings.transitQuantile);
  const floor = settings.transitFloorSeconds;
  if (seconds <= floor) return { seconds: floor, from: 'floor', cases: 0 };
  return { seconds, from: 'route', cases: estimate.trips };
}
