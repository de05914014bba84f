import { checkEventTime } from '../records/event-time.ts';
import { identifier, money, pieces, required, text, time } from '../records/typed-members.ts';
import type { Micros } from '../time/micros.ts';
import { contentHash, derivedEventId } from './content-hash.ts';
import { type HoldSignal, ORDER_CREATED, type OrderEvent, type OrderFields } from './event.ts';
import { readItems } from './items.ts';
import { isOrderStatus, type OrderStatus } from './status.ts';

/**
 * Reads the members of one record of topic `orders` as a typed event; also the older flat message, which says
 * `last_event_type` and `last_occurred_at`.
 *
 * @param now the processor's clock, against which `occurred_at` is absurd when over 24 h ahead
 * @throws {Rejection} SCHEMA_MISSING or SCHEMA_INVALID with what is wrong
 */
export function decodeOrderEvent(members: Record<string, unknown>, now: Micros): OrderEvent {
  const orderId = required(identifier(members, 'order_id'), 'order_id');
  const eventType = required(
    identifier(members, 'event_type') ?? identifier(members, 'last_event_type'),
    'event_type (or last_event_type)',
  );
  const occurredAt = required(
    time(members, 'occurred_at') ?? time(members, 'last_occurred_at'),
    'occurred_at (or last_occurred_at)',
  );
  checkEventTime(occurredAt, 'occurred_at', now);
  const claimed = identifier(members, 'current_status');
  const currentStatus = claimed !== null && isKnownStatus(claimed) ? claimed : null;
  const currentStage = identifier(members, 'current_stage');
  const reasonCode = identifier(members, 'reason_code');
  const fields = readFields(members);
  const known = isKnownType(eventType);
  const holdSignal = known ? holdSignalOf(eventType, currentStatus) : null;
  const status = known && holdSignal !== 'open' ? statusOf(eventType, currentStatus) : null;
  const eventId =
    identifier(members, 'event_id') ??
    derivedEventId(orderId, eventType, occurredAt, status ?? currentStatus);
  return {
    orderId,
    eventType,
    occurredAt,
    eventId,
    status,
    known,
    holdSignal,
    reasonCode,
    producedAt: time(members, 'event_produced_at'),
    fields,
    contentHash: contentHash({
      orderId,
      eventType,
      occurredAt,
      eventId,
      currentStatus,
      currentStage,
      reasonCode,
      fields,
    }),
  };
}

function isKnownStatus(text: string): boolean {
  return text === 'HOLD' || isOrderStatus(text);
}

const TYPES_WITHOUT_STATUS: ReadonlySet<string> = new Set([
  ORDER_CREATED,
  'ORDER_UPDATED',
  'HOLD',
  'HOLD_CLEARED',
]);

function isKnownType(eventType: string): boolean {
  return TYPES_WITHOUT_STATUS.has(eventType) || isOrderStatus(eventType);
}

/** HOLD_CLEARED clears, whatever its status says; otherwise HOLD in the type or in the status opens. */
function holdSignalOf(eventType: string, currentStatus: string | null): HoldSignal | null {
  if (eventType === 'HOLD_CLEARED') return 'clear';
  return eventType === 'HOLD' || currentStatus === 'HOLD' ? 'open' : null;
}

function statusOf(eventType: string, currentStatus: string | null): OrderStatus | null {
  if (currentStatus !== null && isOrderStatus(currentStatus)) return currentStatus;
  if (eventType === ORDER_CREATED) return 'CREATED';
  return isOrderStatus(eventType) ? eventType : null;
}

function readFields(members: Record<string, unknown>): OrderFields {
  return {
    userId: identifier(members, 'user_id'),
    productId: identifier(members, 'product_id'),
    productName: text(members, 'product_name'),
    shippingAddress: text(members, 'shipping_address'),
    quantity: pieces(members, 'quantity'),
    amount: money(members, 'amount'),
    currency: identifier(members, 'currency'),
    channel: identifier(members, 'channel'),
    region: identifier(members, 'region'),
    sellerId: identifier(members, 'seller_id'),
    customerZip: identifier(members, 'customer_zip'),
    sellerZip: identifier(members, 'seller_zip'),
    promisedAt: time(members, 'promised_at'),
    createdAt: time(members, 'created_at'),
    items: readItems(members),
  };
}
