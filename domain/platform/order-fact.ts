import type { Milestone, MilestoneKind } from '../delivery/milestone.ts';
import { type Micros, SECOND } from '../time/micros.ts';

/** A milestone of an order, with what is counted of it. */
export interface OrderFact {
  at: Micros;
  orderId: string;
  kind: MilestoneKind;
  /** District the order goes to. */
  region: string | null;
  restaurantId: string | null;
  amount: number | null;
  /** DELIVERED: seconds since the order was placed; null where that is not known, or lies after it. */
  totalSeconds: number | null;
  /** DELIVERED: seconds since it was handed over; null as above. */
  transitSeconds: number | null;
  promisedAt: Micros | null;
  /** REVIEWED: 1 to 5. */
  score: number | null;
}

export function orderFact({ kind, at, order, score }: Milestone): OrderFact {
  const isDelivered = kind === 'DELIVERED';
  return {
    at,
    orderId: order.orderId,
    kind,
    region: order.region,
    restaurantId: order.sellerId,
    amount: order.amount,
    totalSeconds: isDelivered ? secondsBetween(order.createdAt, at) : null,
    transitSeconds: isDelivered ? secondsBetween(order.handedOverAt, at) : null,
    promisedAt: order.promisedAt,
    score,
  };
}

/** Null where the beginning is not known, or lies after the end. */
export function secondsBetween(from: Micros | null, to: Micros): number | null {
  return from === null || from > to ? null : (to - from) / SECOND;
}
