import type { OrderWatch } from '../../../domain/delivery/watch/order-watch.ts';
import type { Queryable } from '../../../platform/database/database.ts';
import { micros } from '../../sql/micros.ts';

export async function upsertDeliveryWatches(db: Queryable, watches: readonly OrderWatch[]): Promise<void> {
  if (watches.length === 0) return;
  const rows = watches.map(({ order, waits, since, dueAt, passed, limit, alerts }) => [
    order.orderId,
    waits,
    since,
    dueAt,
    passed,
    order.sellerId,
    order.region,
    { order, limit, alerts },
  ]);
  await db.query({
    name: 'upsert_delivery_watches',
    text: `INSERT INTO delivery_watches (order_id, waits, since, due_at, passed, seller_id, region, state)
           SELECT e->>0, e->>1, ${micros('e->>2')}, ${micros('e->>3')}, (e->>4)::boolean, e->>5, e->>6, e->7
           FROM jsonb_array_elements($1::jsonb) AS e ORDER BY 1
           ON CONFLICT (order_id) DO UPDATE SET
             waits = excluded.waits, since = excluded.since, due_at = excluded.due_at, passed = excluded.passed,
             seller_id = excluded.seller_id, region = excluded.region, state = excluded.state`,
    values: [JSON.stringify(rows)],
  });
}
