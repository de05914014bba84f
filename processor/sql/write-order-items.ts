import type { OrderItem } from '../../domain/order/items.ts';
import type { Micros } from '../../domain/time/micros.ts';
import type { Queryable } from '../../platform/database/database.ts';
import { micros } from './micros.ts';

/** The lines that an order has from now on. */
export interface OrderLines {
  orderId: string;
  partitionAt: Micros;
  items: readonly OrderItem[];
  /** Whether it had lines before. */
  replaces: boolean;
}

/** Puts the rows of `order_items` in step with orders whose lines have changed. */
export async function writeOrderItems(db: Queryable, changed: readonly OrderLines[]): Promise<void> {
  if (changed.length === 0) return;
  await deleteLines(
    db,
    changed.filter((order) => order.replaces),
  );
  const rows = changed.flatMap(({ orderId, partitionAt, items }) =>
    items.map((item, index) => [
      partitionAt,
      orderId,
      index + 1,
      item.productId,
      item.sellerId,
      item.quantity,
      item.price,
      item.freight,
      item.handOverBy,
    ]),
  );
  await db.query({
    name: 'insert_order_items',
    text: `INSERT INTO order_items (partition_at, order_id, line, product_id, seller_id, quantity, price, freight,
                                    hand_over_by)
           SELECT ${micros('e->0')}, e->>1, (e->2)::integer, e->>3, e->>4, (e->5)::integer, (e->>6)::numeric,
                  (e->>7)::numeric, ${micros('e->>8')}
           FROM jsonb_array_elements($1::jsonb) AS e`,
    values: [JSON.stringify(rows)],
  });
}

async function deleteLines(db: Queryable, orders: readonly OrderLines[]): Promise<void> {
  if (orders.length === 0) return;
  const times = orders.map((order) => order.partitionAt);
  await db.query({
    name: 'delete_order_items',
    text: `DELETE FROM order_items
           WHERE order_id = ANY($1)
             AND partition_at BETWEEN ${micros('$2')} AND ${micros('$3')}`,
    values: [
      orders.map((order) => order.orderId),
      times.reduce((a, b) => Math.min(a, b)),
      times.reduce((a, b) => Math.max(a, b)),
    ],
  });
}
