import type { Micros } from '../time/micros.ts';
import type { OrderItem } from './items.ts';
import type { OrderStatus } from './status.ts';

/** What an event may say of an order besides its status. Null: the event does not carry the field. */
export interface OrderFields {
  userId: string | null;
  productId: string | null;
  productName: string | null;
  shippingAddress: string | null;
  /** Pieces, at least 1. An order that never says counts as 1. */
  quantity: number | null;
  /** In `currency`. */
  amount: number | null;
  currency: string | null;
  channel: string | null;
  region: string | null;
  sellerId: string | null;
  customerZip: string | null;
  sellerZip: string | null;
  promisedAt: Micros | null;
  createdAt: Micros | null;
  /** Never an empty list. */
  items: readonly OrderItem[] | null;
}

/** In the order of `orders.fold_versions`: a new one is added at the end. */
export const FIELD_NAMES = [
  'userId',
  'productId',
  'productName',
  'shippingAddress',
  'quantity',
  'amount',
  'currency',
  'channel',
  'region',
  'sellerId',
  'customerZip',
  'sellerZip',
  'promisedAt',
  'createdAt',
  'items',
] as const satisfies readonly (keyof OrderFields)[];

export type FieldValue = OrderFields[keyof OrderFields];

/** The fields of an event that carries none. */
export function withoutFields(): OrderFields {
  const fields = {} as Record<keyof OrderFields, null>;
  for (const name of FIELD_NAMES) fields[name] = null;
  return fields;
}

/** An inbound HOLD opens a hold of reason EXTERNAL, an inbound HOLD_CLEARED closes it. */
export type HoldSignal = 'open' | 'clear';

export interface OrderEvent {
  orderId: string;
  eventType: string;
  occurredAt: Micros;
  eventId: string;
  /** False for an event type Holdfast does not know: it is stored, without effect. */
  known: boolean;
  /** The status this event puts the order into; null when it says nothing of it (an inbound HOLD never does). */
  status: OrderStatus | null;
  holdSignal: HoldSignal | null;
  reasonCode: string | null;
  /** When the producer sent it. Takes no part in the event's identity: a retried send is the same event. */
  producedAt: Micros | null;
  fields: OrderFields;
  /** 52 bits of the SHA-1 of the typed content; see `contentHash`. */
  contentHash: number;
}

export const ORDER_CREATED = 'ORDER_CREATED';
