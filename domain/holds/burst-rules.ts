import { compareCodePoints } from '../text/compare.ts';
import type { Micros } from '../time/micros.ts';
import type { HoldThresholds } from './thresholds.ts';

/** An ORDER_CREATED event, as far as the burst rules care. */
export interface Arrival {
  productId: string;
  /** Null: takes no part in the rule that needs a user. */
  userId: string | null;
  /** occurred_at */
  t: Micros;
  orderId: string;
}

export interface BurstHold {
  orderId: string;
  reason: 'FUL-FRAUD-USER' | 'FUL-FRAUD-PROD';
  /** Time of the earliest trigger that holds this order. */
  openedAt: Micros;
  triggerOrderId: string;
  productId: string;
  userId: string | null;
  /** Distinct orders in the trigger's window. */
  count: number;
}

/**
 * The burst rules in their plainest form, over all arrivals there are: the reference that the SQL of the processor is
 * tested against. Quadratic; not for use on a stream.
 *
 * FUL-FRAUD-USER: an arrival triggers when more than `userMoreThan` orders of its user and product arrived in
 * (t - userWindow, t]; it holds every order of that user and product arrived in [t - userQuarantine, t].
 * FUL-FRAUD-PROD: an arrival triggers, and is held alone, when at least `productAtLeast` orders of its product arrived
 * in (t - productWindow, t]. Orders are counted once; of arrivals at the same t only those up to this one, by order_id.
 */
export function burstHolds(arrivals: readonly Arrival[], thresholds: HoldThresholds): BurstHold[] {
  const holds = new Map<string, BurstHold>();
  const keepEarliest = (hold: BurstHold) => {
    const key = `${hold.reason} ${hold.orderId}`;
    const known = holds.get(key);
    if (known === undefined || compareTriggers(hold, known) < 0) holds.set(key, hold);
  };
  for (const trigger of arrivals) {
    if (trigger.userId !== null) userRule(trigger, arrivals, thresholds).forEach(keepEarliest);
    productRule(trigger, arrivals, thresholds).forEach(keepEarliest);
  }
  return [...holds.values()];
}

/** Earlier trigger first; among equals by order, product and user, so that the outcome is one and the same. */
export function compareTriggers(a: BurstHold, b: BurstHold): number {
  return (
    a.openedAt - b.openedAt ||
    compareCodePoints(a.triggerOrderId, b.triggerOrderId) ||
    compareCodePoints(a.productId, b.productId) ||
    compareCodePoints(a.userId ?? '', b.userId ?? '')
  );
}

function userRule(trigger: Arrival, arrivals: readonly Arrival[], thresholds: HoldThresholds): BurstHold[] {
  const same = arrivals.filter((a) => a.userId === trigger.userId && a.productId === trigger.productId);
  const count = ordersUpTo(trigger, same, thresholds.userWindow);
  if (count <= thresholds.userMoreThan) return [];
  return same
    .filter((a) => a.t >= trigger.t - thresholds.userQuarantine && a.t <= trigger.t)
    .map((a) => holdOf(a, trigger, 'FUL-FRAUD-USER', count, trigger.userId));
}

function productRule(
  trigger: Arrival,
  arrivals: readonly Arrival[],
  thresholds: HoldThresholds,
): BurstHold[] {
  const same = arrivals.filter((a) => a.productId === trigger.productId);
  const count = ordersUpTo(trigger, same, thresholds.productWindow);
  return count >= thresholds.productAtLeast ? [holdOf(trigger, trigger, 'FUL-FRAUD-PROD', count, null)] : [];
}

function ordersUpTo(trigger: Arrival, same: readonly Arrival[], window: Micros): number {
  const orders = new Set<string>();
  for (const a of same) {
    const upTo = a.t < trigger.t || (a.t === trigger.t && compareCodePoints(a.orderId, trigger.orderId) <= 0);
    if (a.t > trigger.t - window && upTo) orders.add(a.orderId);
  }
  return orders.size;
}

function holdOf(
  held: Arrival,
  trigger: Arrival,
  reason: BurstHold['reason'],
  count: number,
  userId: string | null,
): BurstHold {
  return {
    orderId: held.orderId,
    reason,
    openedAt: trigger.t,
    triggerOrderId: trigger.orderId,
    productId: trigger.productId,
    userId,
    count,
  };
}
