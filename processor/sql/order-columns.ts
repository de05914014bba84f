import { FIELD_NAMES, type FieldValue, type OrderFields } from '../../domain/order/event.ts';
import type { OrderState } from '../../domain/order/fold.ts';
import { leftPaidAt } from '../../domain/order/lifecycle.ts';
import { type OrderStatus, STATUSES, stageOf } from '../../domain/order/status.ts';
import { encodeVersions } from './fold-versions.ts';
import { decodeItems, encodeItems, type StoredItems } from './order-items.ts';

type JsonValue = string | number | null | readonly unknown[];

export interface OrderColumn {
  name: string;
  type: 'text' | 'integer' | 'numeric' | 'timestamptz' | 'jsonb';
  value(state: OrderState): JsonValue;
}

const FIELD_COLUMNS: Record<keyof OrderFields, [name: string, type: OrderColumn['type']]> = {
  userId: ['user_id', 'text'],
  productId: ['product_id', 'text'],
  productName: ['product_name', 'text'],
  shippingAddress: ['shipping_address', 'text'],
  quantity: ['quantity', 'integer'],
  amount: ['amount', 'numeric'],
  currency: ['currency', 'text'],
  channel: ['channel', 'text'],
  region: ['region', 'text'],
  sellerId: ['seller_id', 'text'],
  customerZip: ['customer_zip', 'text'],
  sellerZip: ['seller_zip', 'text'],
  promisedAt: ['promised_at', 'timestamptz'],
  createdAt: ['created_at', 'timestamptz'],
  items: ['items', 'jsonb'],
};

const STAGE_COLUMNS: Record<OrderStatus, string> = {
  CREATED: 'entered_created_at',
  PAID: 'paid_at',
  PICKING: 'picking_at',
  PACKED: 'packed_at',
  SHIPPED: 'shipped_at',
  DELIVERED: 'delivered_at',
  CANCELED: 'canceled_at',
};

/** An order that never says how many counts as one piece; one that never says when, from its first event. */
function shownField(state: OrderState, field: keyof OrderFields): JsonValue {
  if (field === 'items') return encodeItems(state.fields.items);
  const value = state.fields[field];
  if (value !== null) return value;
  if (field === 'quantity') return 1;
  return field === 'createdAt' ? state.createdEventAt : null;
}

/** The inverse of how a field is written. */
export function fieldFromColumn(field: keyof OrderFields, stored: unknown): FieldValue {
  return field === 'items' ? decodeItems(stored as StoredItems | null) : (stored as string | number | null);
}

export function fieldColumn(field: keyof OrderFields): string {
  return FIELD_COLUMNS[field][0];
}

export function stageColumn(status: OrderStatus): string {
  return STAGE_COLUMNS[status];
}

/** The columns of `orders` that the fold decides: one list for writing and for reading back. */
export const ORDER_COLUMNS: readonly OrderColumn[] = [
  ...FIELD_NAMES.map(
    (field): OrderColumn => ({
      name: FIELD_COLUMNS[field][0],
      type: FIELD_COLUMNS[field][1],
      value: (state) => shownField(state, field),
    }),
  ),
  { name: 'current_stage', type: 'text', value: (state) => stageOf(state.status ?? 'CREATED') },
  { name: 'current_status', type: 'text', value: (state) => state.status ?? 'CREATED' },
  { name: 'last_event_type', type: 'text', value: (state) => state.lastEventType },
  { name: 'last_occurred_at', type: 'timestamptz', value: (state) => state.lastVersion[0] },
  { name: 'event_produced_at', type: 'timestamptz', value: (state) => state.producedAt },
  { name: 'first_event_at', type: 'timestamptz', value: (state) => state.firstEventAt },
  { name: 'created_event_at', type: 'timestamptz', value: (state) => state.createdEventAt },
  ...STATUSES.map(
    (status): OrderColumn => ({
      name: STAGE_COLUMNS[status],
      type: 'timestamptz',
      value: (state) => state.stageTimes[status] ?? null,
    }),
  ),
  { name: 'left_paid_at', type: 'timestamptz', value: (state) => leftPaidAt(state.stageTimes) },
  { name: 'fold_versions', type: 'jsonb', value: encodeVersions },
];
