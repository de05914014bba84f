import { DAY, type Micros } from '../../time/micros.ts';
import type { Milestone } from '../milestone.ts';
import { deliveryKey, hours } from './delivery-alerts.ts';
import type { Concern, OrderWatch } from './order-watch.ts';

/** An alert whose matter is over. */
export interface AlertResolution {
  dedupKey: string;
  at: Micros;
  /** What happened. */
  note: string;
}

const CONCERNS = ['PREPARATION', 'TRANSIT', 'RISK'] as const satisfies readonly Concern[];

/** What a milestone puts an end to. */
const ENDS: Partial<Readonly<Record<Milestone['kind'], readonly Concern[]>>> = {
  HANDED_OVER: ['PREPARATION'],
  DELIVERED: CONCERNS,
  CANCELED: CONCERNS,
};

/** Ends the open alerts of a watched order that a milestone makes moot. */
export function endedBy(milestone: Milestone, watch: OrderWatch, now: Micros): AlertResolution[] {
  return (ENDS[milestone.kind] ?? []).flatMap((concern) => end(watch, concern, now, noteOf(milestone)));
}

/** Ends the open alerts of an order that is watched no longer because nothing was heard of it for so long. */
export function forgotten(watch: OrderWatch, now: Micros, silence: Micros): AlertResolution[] {
  const note = `not heard of for ${Math.round(silence / DAY)} days`;
  return CONCERNS.flatMap((concern) => end(watch, concern, now, note));
}

/** Ends one alert of a watched order, if it is open. */
export function end(watch: OrderWatch, concern: Concern, at: Micros, note: string): AlertResolution[] {
  if (watch.alerts[concern] !== 'open') return [];
  watch.alerts[concern] = 'over';
  return [{ dedupKey: deliveryKey(concern, watch.order.orderId), at, note }];
}

function noteOf({ kind, at, order }: Milestone): string {
  if (kind === 'CANCELED') return 'the order was canceled';
  if (kind === 'HANDED_OVER') {
    return order.approvedAt === null
      ? 'handed over to the carrier'
      : `handed over to the carrier ${hours(at - order.approvedAt).toFixed(1)} h after the approval`;
  }
  if (order.promisedAt === null) return 'delivered';
  const late = at - order.promisedAt;
  return late > 0
    ? `delivered ${hours(late).toFixed(1)} h after the promised date`
    : `delivered in time, ${hours(-late).toFixed(1)} h before the promised date`;
}
