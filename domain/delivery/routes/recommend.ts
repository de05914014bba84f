import { compareCodePoints } from '../../text/compare.ts';
import { DAY, SECOND } from '../../time/micros.ts';
import { haversineKm } from '../geo.ts';
import type { Place } from '../milestone.ts';
import { estimateRoute, type RouteEstimate } from './estimate-route.ts';
import { type RouteKey, routeKeys } from './route-levels.ts';
import type { RouteStats } from './route-stats.ts';

/** Approval to hand-over. */
export interface Preparation {
  orders: number;
  meanSeconds: number;
  sdSeconds: number;
}

/** A seller that can serve the product. */
export interface Candidate {
  sellerId: string;
  place: Place;
  preparation: Preparation | null;
}

export interface Destination {
  to: Place;
  category: string | null;
}

export interface Recommendation {
  sellerId: string;
  /** From the approval to the delivery: mean and standard deviation. */
  expectedSeconds: number;
  sdSeconds: number;
  preparation: Preparation;
  transit: Omit<RouteEstimate, 'quantileSeconds' | 'tripsInAll'>;
  /** In words. */
  why: string;
}

/** How many orders of a seller the preparation of all sellers counts for. */
const PSEUDO_ORDERS = 8;

/** The rows of `route_stats` that {@link recommendSellers} wants to see, those that exist. */
export function wantedRoutes({ to, category }: Destination, candidates: readonly Candidate[]): RouteKey[] {
  const keys = new Map<string, RouteKey>();
  for (const { place } of candidates) {
    for (const key of routeKeys({ from: place, to, category })) keys.set(nameOf(key), key);
  }
  return [...keys.values()];
}

/**
 * Ranks sellers by the time that passes from the approval of an order to its delivery to a place: the seller's
 * preparation, shrunk towards that of all sellers, plus the transit of the route; both are taken for independent.
 *
 * @param stats of the routes there are, in any order
 * @param overall preparation of all sellers together; null: nobody has prepared anything yet
 * @returns the fastest first; empty while nothing is known of any route
 */
export function recommendSellers(
  destination: Destination,
  candidates: readonly Candidate[],
  stats: readonly RouteStats[],
  overall: Preparation | null,
): Recommendation[] {
  const byName = new Map(stats.map((row) => [nameOf(row), row]));
  return candidates
    .flatMap((candidate) => recommendation(destination, candidate, byName, overall) ?? [])
    .sort((a, b) => a.expectedSeconds - b.expectedSeconds || compareCodePoints(a.sellerId, b.sellerId));
}

function recommendation(
  { to, category }: Destination,
  { sellerId, place, preparation: own }: Candidate,
  stats: ReadonlyMap<string, RouteStats>,
  overall: Preparation | null,
): Recommendation | null {
  const levels = routeKeys({ from: place, to, category }).flatMap((key) => stats.get(nameOf(key)) ?? []);
  const estimate = estimateRoute(levels, haversineKm(place, to));
  if (estimate === null) return null;
  const { quantileSeconds: _, tripsInAll: _all, ...transit } = estimate;
  const preparation = shrunkPreparation(own, overall);
  return {
    sellerId,
    expectedSeconds: preparation.meanSeconds + transit.meanSeconds,
    sdSeconds: Math.hypot(preparation.sdSeconds, transit.sdSeconds),
    preparation,
    transit,
    why: explain(preparation, transit),
  };
}

/** With the seller's own number of orders. */
function shrunkPreparation(own: Preparation | null, overall: Preparation | null): Preparation {
  const known = own ?? { orders: 0, meanSeconds: 0, sdSeconds: 0 };
  const prior = overall ?? known;
  const total = known.orders + PSEUDO_ORDERS;
  const mixed = (of: (one: Preparation) => number) =>
    (known.orders * of(known) + PSEUDO_ORDERS * of(prior)) / total;
  return {
    orders: known.orders,
    meanSeconds: mixed(({ meanSeconds }) => meanSeconds),
    sdSeconds: Math.sqrt(mixed(({ sdSeconds }) => sdSeconds ** 2)),
  };
}

function explain(
  preparation: Preparation,
  { level, route, trips, meanSeconds, distanceKm }: Recommendation['transit'],
) {
  const distance = distanceKm === null ? '' : `, ${Math.round(distanceKm)} km`;
  const orders = preparation.orders === 0 ? 'no orders of its own yet' : counted(preparation.orders, 'order');
  return (
    `hand-over after ${days(preparation.meanSeconds)} (${orders}); ` +
    `transit of ${days(meanSeconds)} (${level} route ${route}, ${counted(trips, 'trip')}${distance})`
  );
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

function days(seconds: number): string {
  return `${((seconds * SECOND) / DAY).toFixed(1)} days`;
}

function nameOf({ level, route }: RouteKey): string {
  return `${level} ${route}`;
}
