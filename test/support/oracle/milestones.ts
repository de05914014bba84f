import type { FollowedOrder, Milestone, MilestoneKind } from '../../../domain/delivery/milestone.ts';
import type { OrderEvent } from '../../../domain/order/event.ts';
import type { Review } from '../../../domain/reviews/review.ts';
import { compareText, distinctEvents } from './event-order.ts';
import { orderRows } from './order-rows.ts';
import type { Micros, OrderRow } from './types.ts';

const TIMES: readonly (readonly [MilestoneKind, (row: OrderRow) => Micros | null])[] = [
  ['CREATED', (row) => row.created_event_at],
  ['APPROVED', (row) => row.paid_at],
  ['HANDED_OVER', (row) => row.shipped_at],
  ['DELIVERED', (row) => row.delivered_at],
  ['CANCELED', (row) => row.canceled_at],
];

/** What the reference tables say. */
export interface References {
  products: Readonly<Record<string, { category: string; weightG: number; volumeCm3: number }>>;
  sellers: Readonly<Record<string, { zip: string; city: string; state: string }>>;
  zips: Readonly<Record<string, { latitude: number; longitude: number; city: string; state: string }>>;
}

/** The milestones of all orders as they are to be followed, from the set of events and reviews. */
export function milestones(
  events: readonly OrderEvent[],
  reviews: readonly Review[],
  references: References,
): Milestone[] {
  const known = distinctEvents(events).filter((event) => event.known);
  const all: { milestone: Milestone; hash: number }[] = [];
  for (const row of orderRows(known)) {
    for (const [kind, timeOf] of TIMES) {
      const at = timeOf(row);
      if (at === null) continue;
      const order = orderAsOf(row.order_id, at, known, references);
      all.push({ milestone: { kind, at, order, score: null }, hash: 0 });
    }
  }
  const distinct = new Map(
    reviews.map((one) => [`${one.orderId} ${one.occurredAt} ${one.contentHash}`, one]),
  );
  for (const { orderId, occurredAt: at, score, contentHash } of distinct.values()) {
    const order = orderAsOf(orderId, at, known, references);
    all.push({ milestone: { kind: 'REVIEWED', at, order, score }, hash: contentHash });
  }
  const rankOf = (kind: MilestoneKind) => [...TIMES.map(([one]) => one), 'REVIEWED'].indexOf(kind);
  all.sort(
    (a, b) =>
      a.milestone.at - b.milestone.at ||
      compareText(a.milestone.order.orderId, b.milestone.order.orderId) ||
      rankOf(a.milestone.kind) - rankOf(b.milestone.kind) ||
      a.hash - b.hash,
  );
  return all.map(({ milestone }) => milestone);
}

/** The order from its events up to a moment alone. */
function orderAsOf(
  orderId: string,
  at: Micros,
  events: readonly OrderEvent[],
  { products, sellers, zips }: References,
): FollowedOrder {
  const row = orderRows(events.filter((event) => event.orderId === orderId && event.occurredAt <= at))[0];
  const own = { productId: row?.product_id, sellerId: row?.seller_id ?? null, quantity: row?.quantity ?? 1 };
  const single =
    own.productId == null
      ? []
      : [{ ...own, productId: own.productId, price: null, freight: null, handOverBy: null }];
  const lines = (row?.items ?? single).map((line) => ({
    ...line,
    category: products[line.productId]?.category ?? null,
    weightG: products[line.productId]?.weightG ?? null,
    volumeCm3: products[line.productId]?.volumeCm3 ?? null,
  }));
  const sellerId = row?.items?.[0]?.sellerId ?? row?.seller_id ?? null;
  const seller = sellers[sellerId ?? ''];
  const fromZip = row?.seller_zip ?? seller?.zip ?? null;
  const from = zips[fromZip ?? ''];
  const to = zips[row?.customer_zip ?? ''];
  return {
    orderId,
    sellerId,
    lines,
    amount: row?.amount ?? null,
    region: row?.region ?? null,
    from: {
      zip: fromZip,
      city: seller?.city ?? from?.city ?? null,
      state: seller?.state ?? from?.state ?? null,
      latitude: from?.latitude ?? null,
      longitude: from?.longitude ?? null,
    },
    to: {
      zip: row?.customer_zip ?? null,
      city: to?.city ?? null,
      state: row?.region ?? to?.state ?? null,
      latitude: to?.latitude ?? null,
      longitude: to?.longitude ?? null,
    },
    promisedAt: row?.promised_at ?? null,
    createdAt: row?.created_event_at ?? null,
    approvedAt: row?.paid_at ?? null,
    handedOverAt: row?.shipped_at ?? null,
    deliveredAt: row?.delivered_at ?? null,
    canceledAt: row?.canceled_at ?? null,
  };
}
