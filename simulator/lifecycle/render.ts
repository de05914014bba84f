import { Buffer } from 'node:buffer';
import { isoKorea, isoUtc } from '../timing/iso-time.ts';
import type { EventType, Order, Step } from './order.ts';

const STAGES: Partial<Record<EventType, string>> = {
  ORDER_CREATED: 'PAYMENT',
  PAID: 'PAYMENT',
  PICKING: 'FULFILLMENT',
  PACKED: 'FULFILLMENT',
  SHIPPED: 'LOGISTICS',
  DELIVERED: 'LOGISTICS',
  CANCELED: 'SYSTEM',
};

const WITHOUT_STATUS: ReadonlySet<EventType> = new Set(['ORDER_CREATED', 'ORDER_UPDATED', 'HOLD_CLEARED']);

/** Bits of `Order.traits`. */
const SAYS_CREATED_AT = 1;
const SAYS_CURRENCY = 2;
const SAYS_PROMISE = 4;
const SAYS_RECIPIENT = 8;
const REPEATS_ORDER = 16;
const SAYS_PRODUCED_AT = 32;
const SAYS_ZIPS = 64;

/**
 * The bytes of one step: a function of order and step alone, so that a copy has the same bytes. Written member by member:
 * JSON.stringify of a fresh object takes about three times as long, and every text here is known to need no escapes or
 * was escaped when it was made.
 */
export function render(order: Order, step: Step): Buffer {
  return Buffer.from(
    order.channel === 'openmarket' ? flatMessage(order, step) : message(order, step),
    'utf8',
  );
}

function message(order: Order, step: Step): string {
  const { traits, product, customer, channel } = order;
  const iso = channel === 'live' ? isoKorea : isoUtc;
  let json = `{"order_id":"${order.id}","event_type":"${step.type}","occurred_at":"${iso(step.occurred)}","event_id":"${order.id}.${step.number}"`;
  if (traits & SAYS_PRODUCED_AT || channel !== 'partner')
    json += `,"event_produced_at":"${iso(step.produced)}"`;
  if (!WITHOUT_STATUS.has(step.type)) json += `,"current_status":"${step.type}"`;
  const stage = STAGES[step.type];
  if (stage !== undefined) json += `,"current_stage":"${stage}"`;
  if (step.reason !== undefined) json += `,"reason_code":"${step.reason}"`;
  json += `,"channel":"${channel}"`;
  const created = step.type === 'ORDER_CREATED';
  const address = step.addressJson ?? order.addressJson;
  const correction = step.type === 'ORDER_UPDATED' || step.copy === 'conflicting';
  if (created || correction) {
    if (address !== undefined) json += `,"shipping_address":${address}`;
    json += `,"quantity":${step.quantity ?? order.quantity}`;
  }
  if (!created && !(traits & REPEATS_ORDER)) return `${json}}`;
  if (order.userJson !== undefined) json += `,"user_id":${order.userJson}`;
  json += `,"product_id":"${product.productId}","region":${customer.regionJson},"seller_id":"${product.sellerId}"`;
  if (!created) return `${json}}`;
  json += `,"product_name":${product.nameJson},"amount":${order.amount}`;
  if (traits & SAYS_CREATED_AT) json += `,"created_at":"${iso(order.created)}"`;
  if (traits & SAYS_CURRENCY) json += ',"currency":"KRW"';
  if (traits & SAYS_PROMISE) json += `,"promised_at":"${iso(order.promised)}"`;
  if (traits & SAYS_ZIPS) json += `,"customer_zip":"${customer.zip}","seller_zip":"${product.sellerZip}"`;
  if (traits & SAYS_RECIPIENT) json += `,"recipient_name":${customer.nameJson}`;
  return `${json}}`;
}

/** The older message: every event repeats the whole order, has no event_id, and tells Korean time. */
function flatMessage(order: Order, step: Step): string {
  const address = step.addressJson ?? order.addressJson;
  const status = WITHOUT_STATUS.has(step.type) ? undefined : step.type;
  let json = `{"order_id":"${order.id}"`;
  if (order.userJson !== undefined) json += `,"user_id":${order.userJson}`;
  json += `,"product_id":"${order.product.productId}","product_name":${order.product.nameJson}`;
  if (address !== undefined) json += `,"shipping_address":${address}`;
  if (step.quantity !== undefined) json += `,"quantity":${step.quantity}`;
  const stage = STAGES[step.type];
  if (stage !== undefined) json += `,"current_stage":"${stage}"`;
  if (status !== undefined) json += `,"current_status":"${status}"`;
  json += `,"last_event_type":"${step.type}","last_occurred_at":"${isoKorea(step.occurred)}"`;
  json += `,"event_produced_at":"${isoKorea(step.produced)}","created_at":"${isoKorea(order.created)}","channel":"openmarket"}`;
  return json;
}
