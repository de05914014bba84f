import type { Micros } from '../../time/micros.ts';
import type { Grade } from '../grades/abc.ts';
import type { FollowedOrder } from '../milestone.ts';
import type { RouteQuery } from '../routes/route-book.ts';
import type { DeliveryRisk } from '../watch/assessment.ts';
import type { OrderWatch } from '../watch/order-watch.ts';
import { remainingTransit } from '../watch/remaining-transit.ts';
import type { Lateness, Routes } from './parts.ts';

interface Parts {
  routes: Routes;
  lateness: Lateness;
}

/** What the model says of an order at its approval or hand-over; null while it knows too little. */
export function assessAtMilestone(
  order: FollowedOrder,
  moment: 'APPROVAL' | 'HAND_OVER',
  now: Micros,
  grade: Grade,
  { lateness }: Parts,
): DeliveryRisk | null {
  const assessment = lateness.assess(order, moment);
  return assessment === null
    ? null
    : { assessedAt: now, moment, order, grade, limitAt: null, ...wholeMicros(assessment) };
}

/**
 * What is to be expected of an order that has passed a limit; null while too little is known.
 *
 * Not handed over in time: as if it were handed over at this very moment, so the best that can happen. Not delivered in
 * time: the lead times on such a route, given how long it has been under way.
 */
export function assessAtLimit(
  { order, waits, since, dueAt }: OrderWatch,
  now: Micros,
  grade: Grade,
  { routes, lateness }: Parts,
): DeliveryRisk | null {
  if (waits === 'HAND_OVER') {
    const best = lateness.assess({ ...order, handedOverAt: now }, 'HAND_OVER');
    if (best === null) return null;
    const risk = wholeMicros(best);
    return { assessedAt: now, moment: 'PREPARATION', order, grade, limitAt: dueAt, ...risk };
  }
  const estimate = routes.estimate(routeQuery(order));
  if (estimate === null) return null;
  const remaining = remainingTransit(estimate, { handedOverAt: since, promisedAt: order.promisedAt, now });
  return { assessedAt: now, moment: 'TRANSIT', order, grade, limitAt: dueAt, reasons: [], ...remaining };
}

/** The route of an order: that of its first product. */
export function routeQuery({ from, to, lines: [line] }: FollowedOrder): RouteQuery {
  return {
    from,
    to,
    category: line?.category ?? null,
    weightG: line?.weightG ?? null,
    volumeCm3: line?.volumeCm3 ?? null,
  };
}

function wholeMicros<T extends { expectedAt: Micros; earliestAt: Micros; latestAt: Micros }>(of: T): T {
  return {
    ...of,
    expectedAt: Math.round(of.expectedAt),
    earliestAt: Math.round(of.earliestAt),
    latestAt: Math.round(of.latestAt),
  };
}
