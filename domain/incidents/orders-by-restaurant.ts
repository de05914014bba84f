import { attribute } from '../causes/attribution/attribute.ts';
import type { RootCause } from '../causes/attribution/leaf.ts';
import type { StepContext, Surroundings } from './incident-memory.ts';

/** Orders since an incident was opened, by restaurant of its region: how many came, and how many were expected. */
export type OrdersByRestaurant = Readonly<Record<string, readonly [observed: number, expected: number]>>;

/** What explains less of the deviation of its region is not worth naming. */
const LEAST_SHARE = 0.2;
const MOST = 5;

export function addOrders(
  before: OrdersByRestaurant,
  { scope }: Surroundings,
  step: StepContext,
): OrdersByRestaurant {
  if (scope.region === undefined) return before;
  const sums: Record<string, readonly [number, number]> = { ...before };
  for (const restaurant of step.restaurantsOf(scope.region)) {
    const { observed = null, expected = null } = step.deviations(`orders|restaurant=${restaurant}`) ?? {};
    if (observed === null || expected === null) continue;
    const [came, usual] = sums[restaurant] ?? [0, 0];
    sums[restaurant] = [came + observed, Number((usual + expected).toFixed(3))];
  }
  return sums;
}

/** The restaurants without which the orders of the region would be as ever. */
export function restaurantsBehind(orders: OrdersByRestaurant): RootCause[] {
  const leaves = Object.entries(orders).map(([restaurant, [observed, expected]]) => ({
    values: [restaurant],
    observed,
    expected,
  }));
  if (leaves.length < 2) return [];
  const found = attribute(['restaurant'], leaves, { counts: true, leastShare: LEAST_SHARE, most: MOST });
  return found.filter(({ share }) => share > 0);
}
