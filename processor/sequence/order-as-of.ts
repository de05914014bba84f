import { decodeOrderEvent } from '../../domain/order/decode-event.ts';
import type { OrderFields } from '../../domain/order/event.ts';
import { foldEvent, type OrderState, startOrder } from '../../domain/order/fold.ts';
import type { Micros } from '../../domain/time/micros.ts';
import { decodeVersions } from '../sql/fold-versions.ts';
import { decodeItems } from '../sql/order-items.ts';
import type { EventAsSent, WantedEvents } from './sql/read-events-as-sent.ts';
import type { MilestoneRow } from './sql/take-milestones.ts';

/** What is told of an order with its milestones, besides their times. */
const TOLD = [
  'productId',
  'quantity',
  'sellerId',
  'amount',
  'region',
  'customerZip',
  'sellerZip',
  'promisedAt',
  'items',
] as const satisfies readonly (keyof OrderFields)[];

export type ToldFields = Pick<OrderFields, (typeof TOLD)[number]>;

const NOTHING: ToldFields = {
  productId: null,
  quantity: null,
  sellerId: null,
  amount: null,
  region: null,
  customerZip: null,
  sellerZip: null,
  promisedAt: null,
  items: null,
};

/** The fields as they are stored, or what is wanted to find out how they were at the time of the milestone. */
export function fieldsOrWanted(row: MilestoneRow): { fields: ToldFields } | { wanted: WantedEvents } {
  if (row.fold_versions === null || row.first_event_at === null || row.first_event_at > row.at)
    return { fields: NOTHING };
  const { versions } = decodeVersions(row.fold_versions);
  const isLater = TOLD.some((name) => (versions[name]?.[0] ?? row.at) > row.at);
  if (!isLater) return { fields: storedFields(row) };
  return { wanted: { orderId: row.order_id, firstEventAt: row.first_event_at, upTo: row.at } };
}

/**
 * The fields as they were: what was said again later is folded anew, from the records of the events up to then. Where
 * those are gone, it is unknown.
 */
export function fieldsAsOf(row: MilestoneRow, sent: readonly EventAsSent[]): ToldFields {
  let state: OrderState | null = null;
  for (const { row_payload, content_hash } of sent) {
    const event = decodeOrderEvent(row_payload, Number.POSITIVE_INFINITY);
    if (!event.known || event.contentHash !== content_hash || event.occurredAt > row.at) continue;
    if (state === null) state = startOrder(event);
    else foldEvent(state, event);
  }
  const folded: ToldFields = state?.fields ?? NOTHING;
  const { versions } = decodeVersions(row.fold_versions!);
  const stored = storedFields(row);
  const fields = TOLD.map((name) => [
    name,
    ((versions[name]?.[0] ?? row.at) <= row.at ? stored : folded)[name],
  ]);
  return Object.fromEntries(fields) as ToldFields;
}

function storedFields(row: MilestoneRow): ToldFields {
  return {
    productId: row.product_id,
    quantity: row.quantity,
    sellerId: row.seller_id,
    amount: row.amount,
    region: row.region,
    customerZip: row.customer_zip,
    sellerZip: row.seller_zip,
    promisedAt: row.promised_at,
    items: decodeItems(row.items),
  };
}

/** Null where it is later than the moment. */
export function upTo(at: Micros | null, moment: Micros): Micros | null {
  return at !== null && at <= moment ? at : null;
}
