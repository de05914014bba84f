import type { OrderFact } from '../../../domain/platform/order-fact.ts';
import type { Queryable } from '../../../platform/database/database.ts';
import { micros } from '../../sql/micros.ts';

/** Adds milestones of orders. */
export async function insertOrderFacts(db: Queryable, facts: readonly OrderFact[]): Promise<void> {
  if (facts.length === 0) return;
  const rows = facts.map((one) => [
    one.at,
    one.orderId,
    one.kind,
    one.region,
    one.restaurantId,
    one.amount,
    one.totalSeconds,
    one.transitSeconds,
    one.promisedAt,
    one.score,
  ]);
  await db.query({
    name: 'insert_order_facts',
    text: `INSERT INTO order_facts (at, order_id, kind, region, restaurant_id, amount, total_seconds, transit_seconds,
                                    promised_at, score)
           SELECT ${micros('e->0')}, e->>1, e->>2, e->>3, e->>4, (e->>5)::numeric, (e->>6)::numeric,
                  (e->>7)::numeric, ${micros('e->>8')}, (e->>9)::smallint
           FROM jsonb_array_elements($1::jsonb) AS e
           ON CONFLICT DO NOTHING`,
    values: [JSON.stringify(rows)],
  });
}
