import type { OrderItem } from '../../domain/order/items.ts';
import { formatIso8601, parseIso8601 } from '../../domain/time/iso8601.ts';

/** `orders.items`, for people and SQL: names as in the event, times as text. */
export type StoredItems = readonly {
  product_id: string;
  seller_id: string | null;
  quantity: number;
  price: number | null;
  freight: number | null;
  hand_over_by: string | null;
}[];

export function encodeItems(items: readonly OrderItem[] | null): StoredItems | null {
  if (items === null) return null;
  return items.map((item) => ({
    product_id: item.productId,
    seller_id: item.sellerId,
    quantity: item.quantity,
    price: item.price,
    freight: item.freight,
    hand_over_by: item.handOverBy === null ? null : formatIso8601(item.handOverBy),
  }));
}

/** The inverse of {@link encodeItems}. */
export function decodeItems(stored: StoredItems | null): readonly OrderItem[] | null {
  if (stored === null) return null;
  return stored.map((item) => ({
    productId: item.product_id,
    sellerId: item.seller_id,
    quantity: item.quantity,
    price: item.price,
    freight: item.freight,
    handOverBy: item.hand_over_by === null ? null : parseIso8601(item.hand_over_by),
  }));
}
