import type { OrderEvent, OrderFields } from '../../../domain/order/event.ts';
import { compareEvents, compareText, earliest } from './event-order.ts';
import type { Micros, OrderRow } from './types.ts';

const STAGES: Record<string, string> = {
  CREATED: 'PAYMENT',
  PAID: 'PAYMENT',
  PICKING: 'FULFILLMENT',
  PACKED: 'FULFILLMENT',
  SHIPPED: 'LOGISTICS',
  DELIVERED: 'LOGISTICS',
  CANCELED: 'SYSTEM',
};

/** One row an order, from its distinct events; events of unknown types have no effect. */
export function orderRows(events: readonly OrderEvent[]): OrderRow[] {
  const known = events.filter((event) => event.known);
  const ids = [...new Set(known.map((event) => event.orderId))].sort(compareText);
  return ids.map((id) => orderRow(known.filter((event) => event.orderId === id)));
}

function orderRow(unordered: readonly OrderEvent[]): OrderRow {
  const events = [...unordered].sort(compareEvents);
  const last = events.at(-1)!;
  const withStatus = events.filter((event) => event.status !== null);
  const terminal = withStatus.filter((event) => event.status === 'DELIVERED' || event.status === 'CANCELED');
  const status = (terminal.at(-1) ?? withStatus.at(-1))?.status ?? 'CREATED';

  function latest<Name extends keyof OrderFields>(name: Name): OrderFields[Name] {
    return (
      events.findLast((event) => event.fields[name] !== null)?.fields[name] ?? (null as OrderFields[Name])
    );
  }
  function first(...statuses: string[]): Micros | null {
    return earliest(
      withStatus.filter((event) => statuses.includes(event.status!)).map((event) => event.occurredAt),
    );
  }
  const createdEventAt = earliest(
    events.filter((event) => event.eventType === 'ORDER_CREATED').map((event) => event.occurredAt),
  );
  return {
    order_id: last.orderId,
    user_id: latest('userId'),
    product_id: latest('productId'),
    product_name: latest('productName'),
    shipping_address: latest('shippingAddress'),
    quantity: latest('quantity') ?? 1,
    amount: latest('amount'),
    currency: latest('currency'),
    channel: latest('channel'),
    region: latest('region'),
    seller_id: latest('sellerId'),
    customer_zip: latest('customerZip'),
    seller_zip: latest('sellerZip'),
    promised_at: latest('promisedAt'),
    created_at: latest('createdAt') ?? createdEventAt,
    current_stage: STAGES[status]!,
    current_status: status,
    last_event_type: last.eventType,
    last_occurred_at: last.occurredAt,
    event_produced_at: last.producedAt,
    first_event_at: events[0]!.occurredAt,
    created_event_at: createdEventAt,
    entered_created_at: first('CREATED'),
    paid_at: first('PAID'),
    picking_at: first('PICKING'),
    packed_at: first('PACKED'),
    shipped_at: first('SHIPPED'),
    delivered_at: first('DELIVERED'),
    canceled_at: first('CANCELED'),
    left_paid_at: first('PICKING', 'PACKED', 'SHIPPED', 'DELIVERED', 'CANCELED'),
    items: latest('items'),
  };
}
