import { formatIso8601 } from '../../../domain/time/iso8601.ts';
import type { Micros } from '../../../domain/time/micros.ts';
import type { SourceEvent } from '../../source/source-event.ts';
import type { OrderHistory } from '../adapter.ts';
import type { Catalogue, ItemRow, JoinedOrder, OrderRow } from './rows.ts';

/** Places of the events of one order at one moment. */
const RANK = {
  created: 0,
  registered: 1,
  paid: 2,
  approved: 3,
  shipped: 4,
  delivered: 5,
  canceled: 6,
  reviewed: 7,
} as const;

const CURRENCY = 'BRL';

/** The events of an order, by the stages that its row has a time for. */
export function mapOrder(joined: JoinedOrder, catalogue: Catalogue): OrderHistory {
  const { order, payments, reviews } = joined;
  const { orderId, purchasedAt, approvedAt, handedOverAt, deliveredAt } = order;
  const events: SourceEvent[] = [];
  const add = (topic: SourceEvent['topic'], at: Micros, rank: number, value: Record<string, unknown>) =>
    void events.push({
      topic,
      orderId,
      at,
      rank,
      value: withoutNulls({ order_id: orderId, ...value, occurred_at: formatIso8601(at) }),
    });
  const stage = (at: Micros | null, rank: number, event_type: string) => {
    if (at !== null) add('orders', at, rank, { event_type, event_id: `${orderId}.${rank}` });
  };

  add('orders', purchasedAt, RANK.created, created(joined, catalogue));
  for (const { number, method, value, installments } of payments) {
    const payment = { method, amount: value, currency: CURRENCY, installments };
    const id = `${orderId}.${number}`;
    const registered = { event_type: 'REGISTERED', event_id: `${id}.${RANK.registered}`, ...payment };
    add('payments', purchasedAt, RANK.registered, registered);
    if (approvedAt === null) continue;
    add('payments', approvedAt, RANK.approved, {
      ...registered,
      event_type: 'APPROVED',
      event_id: `${id}.${RANK.approved}`,
    });
  }
  stage(approvedAt, RANK.paid, 'PAID');
  stage(handedOverAt, RANK.shipped, 'SHIPPED');
  stage(deliveredAt, RANK.delivered, 'DELIVERED');
  stage(canceledAt(order), RANK.canceled, 'CANCELED');
  for (const { reviewId, score, title, comment, answeredAt } of reviews) {
    add('reviews', answeredAt, RANK.reviewed, { event_id: reviewId, score, title, comment });
  }
  return { orderId, beganAt: purchasedAt, events };
}

/**
 * When a canceled order was: the files do not say. Not before the promised date, for until then nobody could have known
 * it from the files; not before anything else that happened to it either. Null: it was not canceled.
 */
function canceledAt(order: OrderRow): Micros | null {
  if (order.status !== 'canceled' && order.status !== 'unavailable') return null;
  const { purchasedAt, approvedAt, handedOverAt, deliveredAt, promisedAt } = order;
  return Math.max(purchasedAt, approvedAt ?? 0, handedOverAt ?? 0, deliveredAt ?? 0, promisedAt ?? 0);
}

function created({ order, items, payments }: JoinedOrder, catalogue: Catalogue): Record<string, unknown> {
  const lines = linesOf(items);
  const [first] = lines;
  const { customer } = order;
  const address = customer && [customer.zip, customer.city, customer.state].filter((part) => part !== null);
  const paid = payments.filter(({ value }) => value !== null);
  const total =
    paid.length > 0
      ? paid.reduce((sum, { value }) => sum + (value ?? 0), 0)
      : items.reduce((sum, { price, freight }) => sum + (price ?? 0) + (freight ?? 0), 0);
  const pieces = lines.filter(({ product_id }) => product_id === first?.product_id);
  return {
    event_type: 'ORDER_CREATED',
    event_id: `${order.orderId}.${RANK.created}`,
    user_id: customer?.userId ?? null,
    product_id: first?.product_id ?? null,
    quantity: first === undefined ? null : pieces.reduce((sum, { quantity }) => sum + quantity, 0),
    seller_id: first?.seller_id ?? null,
    seller_zip: first?.seller_id ? (catalogue.sellers.get(first.seller_id) ?? null) : null,
    items: lines.length === 0 ? null : lines.map(withoutNulls),
    amount: paid.length === 0 && items.length === 0 ? null : cents(total),
    currency: CURRENCY,
    channel: 'olist',
    region: customer?.state ?? null,
    shipping_address: address?.join(' ') || null,
    customer_zip: customer?.zip ?? null,
    promised_at: order.promisedAt === null ? null : formatIso8601(order.promisedAt),
  };
}

interface Line {
  product_id: string;
  seller_id: string | null;
  quantity: number;
  price: number | null;
  freight: number | null;
  hand_over_by: string | null;
}

/** The files have a row a piece; a line has all pieces of a product by a seller. */
function linesOf(items: readonly ItemRow[]): Line[] {
  const groups = new Map<string, ItemRow[]>();
  for (const item of items.toSorted((a, b) => a.number - b.number)) {
    const key = JSON.stringify([item.productId, item.sellerId]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return [...groups.values()].map((group) => {
    const limits = group.flatMap(({ handOverBy }) => (handOverBy === null ? [] : [handOverBy]));
    return {
      product_id: group[0]?.productId ?? '',
      seller_id: group[0]?.sellerId ?? null,
      quantity: group.length,
      price: mean(group.map(({ price }) => price)),
      freight: sum(group.map(({ freight }) => freight)),
      hand_over_by: limits.length === 0 ? null : formatIso8601(Math.min(...limits)),
    };
  });
}

function sum(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : cents(known.reduce((total, value) => total + value, 0));
}

function mean(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : cents(known.reduce((total, value) => total + value, 0) / known.length);
}

function cents(value: number): number {
  return Math.round(value * 100) / 100;
}

function withoutNulls(value: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== null));
}
