import type { Arrival } from '../../domain/holds/burst-rules.ts';
import type { Queryable } from '../../platform/database/database.ts';
import { micros } from './micros.ts';

/** Adds the arrivals that are not known yet. */
export async function insertArrivals(db: Queryable, arrivals: readonly Arrival[]): Promise<void> {
  if (arrivals.length === 0) return;
  await db.query({
    name: 'insert_arrivals',
    text: `INSERT INTO arrivals (product_id, user_id, t, order_id)
           SELECT e->>0, e->>1, ${micros('e->2')}, e->>3 FROM jsonb_array_elements($1::jsonb) AS e
           ON CONFLICT DO NOTHING`,
    values: [JSON.stringify(arrivals.map((a) => [a.productId, a.userId ?? '', a.t, a.orderId]))],
  });
}
