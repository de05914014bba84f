import type { Arrival } from '../../domain/holds/burst-rules.ts';
import type { Micros } from '../../domain/time/micros.ts';
import type { Queryable } from '../../platform/database/database.ts';

/**
 * The arrivals of an order that are stored, of these products. By way of its events, because arrivals are found by
 * product and time only.
 */
export async function loadArrivals(
  db: Queryable,
  orderId: string,
  productIds: readonly string[],
): Promise<Arrival[]> {
  const { rows } = await db.query<{ product_id: string; user_id: string; t: Micros }>({
    name: 'load_arrivals',
    text: `SELECT DISTINCT a.product_id, a.user_id, a.t
           FROM (SELECT DISTINCT occurred_at FROM events WHERE order_id = $1 AND event_type = 'ORDER_CREATED') AS e
           JOIN arrivals a ON a.t = e.occurred_at AND a.product_id = ANY($2) AND a.order_id = $1`,
    values: [orderId, productIds],
  });
  return rows.map((row) => ({
    productId: row.product_id,
    userId: row.user_id === '' ? null : row.user_id,
    t: row.t,
    orderId,
  }));
}
