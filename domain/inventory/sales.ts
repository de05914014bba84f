import type { Milestone, Place } from '../delivery/milestone.ts';
import type { Micros } from '../time/micros.ts';

/** What an order takes of the stock, or, canceled, gives back. */
export interface StockSale {
  orderId: string;
  at: Micros;
  /** Canceled before it left the house. */
  givesBack: boolean;
  lines: readonly { productId: string; sellerId: string | null; quantity: number }[];
  to: Place;
}

/**
 * The sale that a milestone is; null where it is none. An order is sold when it is approved; when nobody said so, at
 * the first that is heard of it afterwards. What was canceled before that takes nothing.
 */
export function saleOf({ kind, at, order }: Milestone): StockSale | null {
  const { approvedAt, handedOverAt, deliveredAt, canceledAt, orderId, to } = order;
  const isAfter = (time: Micros | null) => time === null || time >= at;
  const left = handedOverAt ?? deliveredAt;
  const isFirst =
    (kind === 'APPROVED' && isAfter(handedOverAt) && isAfter(deliveredAt)) ||
    (kind === 'HANDED_OVER' && approvedAt === null && isAfter(deliveredAt)) ||
    (kind === 'DELIVERED' && approvedAt === null && handedOverAt === null);
  const isSale = isFirst && isAfter(canceledAt);
  const givesBack = kind === 'CANCELED' && approvedAt !== null && left === null;
  if ((!isSale && !givesBack) || order.lines.length === 0) return null;
  const lines = order.lines.map(({ productId, sellerId, quantity }) => ({ productId, sellerId, quantity }));
  return { orderId, at, givesBack, lines, to };
}
