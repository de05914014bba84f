import type { OrderEvent } from '../../../domain/order/event.ts';
import { earliest } from './event-order.ts';
import type { HoldRow } from './types.ts';

const PLACEHOLDER = /(^|[\s,])(\?|unknown|null)($|[\s,])/i;

/** FUL-VALID: the order as one of its ORDER_CREATED events brought it cannot be fulfilled. */
export function validationHolds(events: readonly OrderEvent[]): HoldRow[] {
  const invalid = events.filter((event) => event.eventType === 'ORDER_CREATED' && !isValid(event));
  const orders = new Set(invalid.map((event) => event.orderId));
  return [...orders].map((orderId) => ({
    order_id: orderId,
    reason_code: 'FUL-VALID',
    episode: 1,
    status: 'OPEN',
    opened_at: earliest(
      invalid.filter((event) => event.orderId === orderId).map((event) => event.occurredAt),
    )!,
    closed_at: null,
    evidence: null,
  }));
}

function isValid(event: OrderEvent): boolean {
  const address = event.fields.shippingAddress;
  if (event.fields.userId === null || address === null) return false;
  return [...address.trim()].length >= 5 && !PLACEHOLDER.test(address);
}
