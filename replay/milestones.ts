import type {
  FollowedOrder,
  Milestone,
  MilestoneKind,
  OrderLine,
  Place,
} from '../domain/delivery/milestone.ts';
import { milestoneTimes } from '../domain/delivery/milestone-times.ts';
import { decodeOrderEvent } from '../domain/order/decode-event.ts';
import { type OrderEvent, type OrderFields, withoutFields } from '../domain/order/event.ts';
import { foldEvent, type OrderState, startOrder } from '../domain/order/fold.ts';
import { decodeReview } from '../domain/reviews/decode-review.ts';
import type { Review } from '../domain/reviews/review.ts';
import { compareCodePoints } from '../domain/text/compare.ts';
import type { Micros } from '../domain/time/micros.ts';
import type { History } from './read-history.ts';
import { ExternalSort } from './sort/external-sort.ts';
import type { ProductRow, SellerRow, ZipRow } from './source/reference.ts';

/** In the order in which milestones of one moment are followed. */
const KINDS: readonly MilestoneKind[] = [
  'CREATED',
  'APPROVED',
  'HANDED_OVER',
  'DELIVERED',
  'CANCELED',
  'REVIEWED',
];

const DIGITS = 17;

export interface MilestoneOptions {
  /** An existing folder for what does not fit into memory. */
  cacheDir: string;
  /** Characters that a sort holds in memory. */
  runCharacters?: number;
}

/**
 * The milestones of a history, as the processor follows them once all of it was replayed: in the order of (at, order_id,
 * kind), each with the order as it was known then.
 */
export async function* milestonesOf(
  history: History,
  options: MilestoneOptions,
): AsyncGenerator<Milestone, void, undefined> {
  const known = await readKnown(history);
  const byOrder = newSort(options);
  const byTime = newSort(options);
  try {
    for await (const { topic, orderId, sequence, json } of history.events()) {
      if (topic !== 'payments') await byOrder.add(`${orderId}\0${padded(sequence)}`, `${topic[0]}${json}`);
    }
    for await (const { orders, reviews } of groups(byOrder)) {
      for (const milestone of milestonesOfOrder(orders, reviews, known)) {
        await byTime.add(keyOf(milestone), JSON.stringify(milestone));
      }
    }
    for await (const { text } of byTime.sorted()) yield JSON.parse(text) as Milestone;
  } finally {
    await byOrder.close();
    await byTime.close();
  }
}

function newSort({ cacheDir, runCharacters }: MilestoneOptions): ExternalSort {
  return new ExternalSort({
    dir: cacheDir,
    compare: compareCodePoints,
    ...(runCharacters === undefined ? {} : { runCharacters }),
  });
}

function padded(number: number): string {
  return String(number).padStart(DIGITS, '0');
}

function keyOf({ at, kind, order }: Milestone): string {
  return `${padded(at)}${order.orderId}\0${KINDS.indexOf(kind)}`;
}

interface Known {
  sellers: Map<string, SellerRow>;
  products: Map<string, ProductRow>;
  zips: Map<string, ZipRow>;
}

/** Catalogue and zips, which are small; customers are many, and what is needed of them is in the orders. */
async function readKnown(history: History): Promise<Known> {
  const known: Known = { sellers: new Map(), products: new Map(), zips: new Map() };
  for await (const row of history.references()) {
    if (row.table === 'sellers') known.sellers.set(row.sellerId, row);
    else if (row.table === 'products') known.products.set(row.productId, row);
    else if (row.table === 'zip_coordinates') known.zips.set(row.zip, row);
  }
  return known;
}

interface OrderGroup {
  orders: Record<string, unknown>[];
  reviews: Record<string, unknown>[];
}

async function* groups(byOrder: ExternalSort): AsyncGenerator<OrderGroup> {
  let id: string | undefined;
  let group: OrderGroup = { orders: [], reviews: [] };
  for await (const { key, text } of byOrder.sorted()) {
    const orderId = key.slice(0, -DIGITS - 1);
    if (id !== undefined && id !== orderId) {
      yield group;
      group = { orders: [], reviews: [] };
    }
    id = orderId;
    (text.startsWith('o') ? group.orders : group.reviews).push(JSON.parse(text.slice(1)));
  }
  if (id !== undefined) yield group;
}

/** No event is ahead of a clock that is at the end of time. */
const NO_CLOCK = Number.MAX_SAFE_INTEGER;

function milestonesOfOrder(
  members: OrderGroup['orders'],
  reviews: OrderGroup['reviews'],
  known: Known,
): Milestone[] {
  const events = members.map((one) => decodeOrderEvent(one, NO_CLOCK));
  const whole = foldAll(events);
  if (whole === null) return [];
  const times = milestoneTimes(whole);
  /** Nothing in it is of a later time than `at`. */
  const asOf = (at: Micros): FollowedOrder => {
    const upTo = (time: Micros | null) => (time !== null && time <= at ? time : null);
    const earlier = foldAll(events.filter((event) => event.occurredAt <= at));
    return {
      ...factsOf(whole.orderId, earlier?.fields ?? withoutFields(), known),
      createdAt: upTo(times.CREATED),
      approvedAt: upTo(times.APPROVED),
      handedOverAt: upTo(times.HANDED_OVER),
      deliveredAt: upTo(times.DELIVERED),
      canceledAt: upTo(times.CANCELED),
    };
  };
  const milestones: Milestone[] = [];
  for (const [kind, at] of Object.entries(times) as [MilestoneKind, Micros | null][]) {
    if (at !== null) milestones.push({ kind, at, order: asOf(at), score: null });
  }
  for (const { occurredAt, score } of inOrder(reviews)) {
    milestones.push({ kind: 'REVIEWED', at: occurredAt, order: asOf(occurredAt), score });
  }
  return milestones;
}

function foldAll(events: readonly OrderEvent[]): OrderState | null {
  let state: OrderState | null = null;
  for (const event of events) {
    if (state === null) state = startOrder(event);
    else foldEvent(state, event);
  }
  return state;
}

/** In the order of their content, which decides among reviews of one moment. */
function inOrder(reviews: OrderGroup['reviews']): Review[] {
  return reviews
    .map((members) => decodeReview(members, NO_CLOCK))
    .sort((a, b) => a.occurredAt - b.occurredAt || a.contentHash - b.contentHash);
}

type Facts = Omit<FollowedOrder, 'createdAt' | 'approvedAt' | 'handedOverAt' | 'deliveredAt' | 'canceledAt'>;

function factsOf(orderId: string, fields: OrderFields, known: Known): Facts {
  const lines = linesOf(fields, known.products);
  const sellerId = lines[0]?.sellerId ?? fields.sellerId;
  const seller = sellerId === null ? undefined : known.sellers.get(sellerId);
  const from = placeOf(fields.sellerZip ?? seller?.zip ?? null, known.zips);
  const to = placeOf(fields.customerZip, known.zips);
  return {
    orderId,
    sellerId,
    lines,
    amount: fields.amount,
    region: fields.region,
    from: { ...from, city: seller?.city ?? from.city, state: seller?.state ?? from.state },
    to: { ...to, state: fields.region ?? to.state },
    promisedAt: fields.promisedAt,
  };
}

function linesOf(fields: OrderFields, products: ReadonlyMap<string, ProductRow>): OrderLine[] {
  const { items, productId, sellerId, quantity } = fields;
  const own = { productId, sellerId, quantity: quantity ?? 1, price: null, freight: null, handOverBy: null };
  const lines = items ?? (productId === null ? [] : [{ ...own, productId }]);
  return lines.map((line) => {
    const product = products.get(line.productId);
    return {
      ...line,
      category: product?.category ?? null,
      weightG: product?.weightG ?? null,
      volumeCm3: product?.volumeCm3 ?? null,
    };
  });
}

function placeOf(zip: string | null, zips: ReadonlyMap<string, ZipRow>): Place {
  const row = zip === null ? undefined : zips.get(zip);
  return {
    zip,
    city: row?.city ?? null,
    state: row?.state ?? null,
    latitude: row?.latitude ?? null,
    longitude: row?.longitude ?? null,
  };
}
