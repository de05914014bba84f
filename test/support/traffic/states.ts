import type fc from 'fast-check';
import type { OrderEvent } from '../../../domain/order/event.ts';
import type { OrderState } from '../../../domain/order/fold.ts';
import { leftPaidAt } from '../../../domain/order/lifecycle.ts';
import { stageOf } from '../../../domain/order/status.ts';
import { decodeOrderRecord } from '../../../domain/records/decode-record.ts';
import { DEFAULT_INPUT_LIMITS } from '../../../domain/records/json-record.ts';
import type { OrderRow } from '../oracle/types.ts';
import { drafts } from './records.ts';
import { NOW } from './times.ts';

/** The events of known types among the records, decoded by the code under test; copies are kept. */
export const acceptedEvents: fc.Arbitrary<OrderEvent[]> = drafts.map((list) =>
  list.flatMap(({ value }) => {
    const decoded = decodeOrderRecord(value, NOW, DEFAULT_INPUT_LIMITS);
    return decoded.kind === 'event' && decoded.event.known ? [decoded.event] : [];
  }),
);

/** A folded state as the row the contracts describe. */
export function rowOf(state: OrderState): OrderRow {
  const { fields, stageTimes } = state;
  const status = state.status ?? 'CREATED';
  return {
    order_id: state.orderId,
    user_id: fields.userId,
    product_id: fields.productId,
    product_name: fields.productName,
    shipping_address: fields.shippingAddress,
    quantity: fields.quantity ?? 1,
    amount: fields.amount,
    currency: fields.currency,
    channel: fields.channel,
    region: fields.region,
    seller_id: fields.sellerId,
    customer_zip: fields.customerZip,
    seller_zip: fields.sellerZip,
    promised_at: fields.promisedAt,
    created_at: fields.createdAt ?? state.createdEventAt,
    current_stage: stageOf(status),
    current_status: status,
    last_event_type: state.lastEventType,
    last_occurred_at: state.lastVersion[0],
    event_produced_at: state.producedAt,
    first_event_at: state.firstEventAt,
    created_event_at: state.createdEventAt,
    entered_created_at: stageTimes.CREATED ?? null,
    paid_at: stageTimes.PAID ?? null,
    picking_at: stageTimes.PICKING ?? null,
    packed_at: stageTimes.PACKED ?? null,
    shipped_at: stageTimes.SHIPPED ?? null,
    delivered_at: stageTimes.DELIVERED ?? null,
    canceled_at: stageTimes.CANCELED ?? null,
    left_paid_at: leftPaidAt(stageTimes),
    items: fields.items,
  };
}
