import type { FollowedOrder, Milestone, OrderLine, Place } from '../../domain/delivery/milestone.ts';
import { compareMilestones } from '../../domain/delivery/milestone-order.ts';
import type { OrderItem } from '../../domain/order/items.ts';
import type { Queryable } from '../../platform/database/database.ts';
import { fieldsAsOf, fieldsOrWanted, type ToldFields, upTo } from './order-as-of.ts';
import { type EventAsSent, readEventsAsSent } from './sql/read-events-as-sent.ts';
import {
  type ProductRow,
  readProducts,
  readSellers,
  readZips,
  type SellerRow,
  type ZipRow,
} from './sql/read-references.ts';
import type { MilestoneRow } from './sql/take-milestones.ts';

interface References {
  products: ReadonlyMap<string, ProductRow>;
  sellers: ReadonlyMap<string, SellerRow>;
  zips: ReadonlyMap<string, ZipRow>;
}

/** The milestones in their order, each with its order as it was known then, and with what the reference tables say now. */
export async function buildMilestones(db: Queryable, rows: readonly MilestoneRow[]): Promise<Milestone[]> {
  if (rows.length === 0) return [];
  const fields = await toldFields(db, rows);
  const references = await readReferences(db, fields);
  const built = rows.map((row, index) => ({
    contentHash: row.content_hash,
    milestone: {
      kind: row.kind,
      at: row.at,
      order: followedOrder(row, fields[index]!, references),
      score: row.score,
    },
  }));
  built.sort((a, b) => compareMilestones(a.milestone, b.milestone) || a.contentHash - b.contentHash);
  return built.map(({ milestone }) => milestone);
}

async function toldFields(db: Queryable, rows: readonly MilestoneRow[]): Promise<ToldFields[]> {
  const known = rows.map(fieldsOrWanted);
  const wanted = known.flatMap((one) => ('wanted' in one ? [one.wanted] : []));
  const latest = new Map(wanted.map((one) => [one.orderId, one]));
  for (const one of wanted) if (one.upTo > latest.get(one.orderId)!.upTo) latest.set(one.orderId, one);
  const sent = new Map<string, EventAsSent[]>();
  for (const event of await readEventsAsSent(db, [...latest.values()])) {
    const events = sent.get(event.order_id);
    if (events === undefined) sent.set(event.order_id, [event]);
    else events.push(event);
  }
  return known.map((one, index) => {
    const row = rows[index]!;
    return 'fields' in one ? one.fields : fieldsAsOf(row, sent.get(row.order_id) ?? []);
  });
}

async function readReferences(db: Queryable, fields: readonly ToldFields[]): Promise<References> {
  const productIds = distinct(fields.flatMap((one) => linesOf(one).map((line) => line.productId)));
  const sellerIds = distinct(fields.flatMap((one) => sellerOf(one) ?? []));
  const products = productIds.length === 0 ? [] : await readProducts(db, productIds);
  const sellers = sellerIds.length === 0 ? [] : await readSellers(db, sellerIds);
  const zips = distinct([
    ...fields.flatMap((one) => [one.customerZip ?? [], one.sellerZip ?? []].flat()),
    ...sellers.flatMap((one) => one.zip ?? []),
  ]);
  const coordinates = zips.length === 0 ? [] : await readZips(db, zips);
  return {
    products: new Map(products.map((one) => [one.product_id, one])),
    sellers: new Map(sellers.map((one) => [one.seller_id, one])),
    zips: new Map(coordinates.map((one) => [one.zip, one])),
  };
}

function followedOrder(row: MilestoneRow, fields: ToldFields, references: References): FollowedOrder {
  const sellerId = sellerOf(fields);
  const seller = sellerId === null ? undefined : references.sellers.get(sellerId);
  return {
    orderId: row.order_id,
    sellerId,
    lines: linesOf(fields).map((line) => orderLine(line, references)),
    amount: fields.amount,
    region: fields.region,
    from: placeOf(fields.sellerZip ?? seller?.zip ?? null, seller, references),
    to: placeOf(fields.customerZip, { city: null, state: fields.region }, references),
    promisedAt: fields.promisedAt,
    createdAt: upTo(row.created_event_at, row.at),
    approvedAt: upTo(row.paid_at, row.at),
    handedOverAt: upTo(row.shipped_at, row.at),
    deliveredAt: upTo(row.delivered_at, row.at),
    canceledAt: upTo(row.canceled_at, row.at),
  };
}

/** Seller of the first line. */
function sellerOf(fields: ToldFields): string | null {
  return fields.items?.[0]?.sellerId ?? fields.sellerId;
}

function linesOf(fields: ToldFields): readonly OrderItem[] {
  if (fields.items !== null) return fields.items;
  if (fields.productId === null) return [];
  return [
    {
      productId: fields.productId,
      sellerId: fields.sellerId,
      quantity: fields.quantity ?? 1,
      price: null,
      freight: null,
      handOverBy: null,
    },
  ];
}

function orderLine(item: OrderItem, { products }: References): OrderLine {
  const product = products.get(item.productId);
  return {
    ...item,
    category: product?.category ?? null,
    weightG: product?.weight_g ?? null,
    volumeCm3: product?.volume_cm3 ?? null,
  };
}

/** @param said what is known of the place besides its zip */
function placeOf(
  zip: string | null,
  said: Pick<SellerRow, 'city' | 'state'> | undefined,
  { zips }: References,
): Place {
  const found = zip === null ? undefined : zips.get(zip);
  return {
    zip,
    city: said?.city ?? found?.city ?? null,
    state: said?.state ?? found?.state ?? null,
    latitude: found?.latitude ?? null,
    longitude: found?.longitude ?? null,
  };
}

function distinct(ids: readonly string[]): string[] {
  return [...new Set(ids)];
}
