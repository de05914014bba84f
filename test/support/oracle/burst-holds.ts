import type { OrderEvent } from '../../../domain/order/event.ts';
import { compareText } from './event-order.ts';
import type { BurstEvidence, HoldRow, Micros, Thresholds } from './types.ts';

/** An order created for a product, and for a user where that matters. */
interface Arrival {
  orderId: string;
  t: Micros;
  key: readonly (string | null)[];
}

/** An arrival that completes a burst. */
interface Trigger extends Arrival {
  count: number;
}

/** FUL-FRAUD-USER: too many orders of one user for one product in a short time. */
export function userBurstHolds(events: readonly OrderEvent[], thresholds: Thresholds): HoldRow[] {
  const held: Held[] = [];
  const created = events.filter((event) => event.fields.userId !== null);
  for (const arrivals of arrivalsBy(created, (event) => [event.fields.productId, event.fields.userId])) {
    const triggers = triggersAmong(
      arrivals,
      thresholds.userWindow,
      (count) => count > thresholds.userMoreThan,
    );
    for (const trigger of triggers) {
      const reached = arrivals.filter(
        (one) => one.t >= trigger.t - thresholds.userQuarantine && one.t <= trigger.t,
      );
      held.push(...reached.map((one) => ({ orderId: one.orderId, trigger })));
    }
  }
  return holdRows('FUL-FRAUD-USER', held);
}

/** FUL-FRAUD-PROD: too many orders for one product at nearly the same time. */
export function productBurstHolds(events: readonly OrderEvent[], thresholds: Thresholds): HoldRow[] {
  const held: Held[] = [];
  for (const arrivals of arrivalsBy(events, (event) => [event.fields.productId])) {
    const triggers = triggersAmong(
      arrivals,
      thresholds.productWindow,
      (count) => count >= thresholds.productAtLeast,
    );
    held.push(...triggers.map((trigger) => ({ orderId: trigger.orderId, trigger })));
  }
  return holdRows('FUL-FRAUD-PROD', held);
}

function arrivalsBy(events: readonly OrderEvent[], key: (event: OrderEvent) => Arrival['key']): Arrival[][] {
  const created = events.filter(
    (event) => event.eventType === 'ORDER_CREATED' && event.fields.productId !== null,
  );
  const keys = new Set(created.map((event) => JSON.stringify(key(event))));
  return [...keys].map((one) =>
    created
      .filter((event) => JSON.stringify(key(event)) === one)
      .map((event) => ({ orderId: event.orderId, t: event.occurredAt, key: key(event) })),
  );
}

function triggersAmong(
  arrivals: readonly Arrival[],
  window: Micros,
  isBurst: (count: number) => boolean,
): Trigger[] {
  return arrivals
    .map((arrival) => ({ ...arrival, count: ordersUpTo(arrival, arrivals, window) }))
    .filter((arrival) => isBurst(arrival.count));
}

/** Distinct orders arrived in (t - window, t]; of those at t only up to this one. */
function ordersUpTo(arrival: Arrival, arrivals: readonly Arrival[], window: Micros): number {
  const counted = arrivals.filter(
    (one) =>
      one.t > arrival.t - window &&
      (one.t < arrival.t || (one.t === arrival.t && compareText(one.orderId, arrival.orderId) <= 0)),
  );
  return new Set(counted.map((one) => one.orderId)).size;
}

interface Held {
  orderId: string;
  trigger: Trigger;
}

/** One hold an order, of the earliest trigger (t, order_id); an order that triggers for two products: the first of them. */
function holdRows(reason: 'FUL-FRAUD-USER' | 'FUL-FRAUD-PROD', held: readonly Held[]): HoldRow[] {
  const orders = new Set(held.map((one) => one.orderId));
  return [...orders].map((orderId) => {
    const triggers = held.filter((one) => one.orderId === orderId).map((one) => one.trigger);
    triggers.sort((a, b) => a.t - b.t || compareText(a.orderId, b.orderId) || compareKeys(a.key, b.key));
    const first = triggers[0]!;
    const evidence: BurstEvidence = {
      trigger_order_id: first.orderId,
      trigger_at: first.t,
      count: first.count,
    };
    return {
      order_id: orderId,
      reason_code: reason,
      episode: 1,
      status: 'OPEN',
      opened_at: first.t,
      closed_at: null,
      evidence,
    };
  });
}

function compareKeys(a: Arrival['key'], b: Arrival['key']): number {
  return compareText(a[0] ?? '', b[0] ?? '') || compareText(a[1] ?? '', b[1] ?? '');
}
