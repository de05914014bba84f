import type { Micros } from '../time/micros.ts';
import { haversineKm } from './geo.ts';
import type { FollowedOrder, Milestone, OrderLine } from './milestone.ts';

/** How the delivery of an order went. */
export interface DeliveryOutcome {
  deliveredAt: Micros;
  order: FollowedOrder;
  /** Great-circle distance from seller to customer, in kilometres; null where one of the places is not known. */
  distanceKm: number | null;
  /** Of all pieces, in grams; null where it is not known of a line. */
  weightG: number | null;
  /** Of all pieces, in cubic centimetres; null where it is not known of a line. */
  volumeCm3: number | null;
  /** Stage times that are possible: none before the stage before it. */
  createdAt: Micros | null;
  approvedAt: Micros | null;
  handedOverAt: Micros | null;
}

/** @param milestone of kind DELIVERED */
export function deliveryOutcome({ at, order }: Milestone): DeliveryOutcome {
  const createdAt = notBefore(order.createdAt, null);
  const approvedAt = notBefore(order.approvedAt, createdAt);
  return {
    deliveredAt: at,
    order,
    distanceKm: haversineKm(order.from, order.to),
    weightG: ofAllPieces(order.lines, (line) => line.weightG),
    volumeCm3: ofAllPieces(order.lines, (line) => line.volumeCm3),
    createdAt,
    approvedAt,
    handedOverAt: notBefore(order.handedOverAt, approvedAt ?? createdAt),
  };
}

function notBefore(at: Micros | null, earlier: Micros | null): Micros | null {
  return at === null || (earlier !== null && at < earlier) ? null : at;
}

function ofAllPieces(lines: readonly OrderLine[], ofOne: (line: OrderLine) => number | null): number | null {
  let sum = 0;
  for (const line of lines) {
    const one = ofOne(line);
    if (one === null) return null;
    sum += one * line.quantity;
  }
  return lines.length === 0 ? null : sum;
}
