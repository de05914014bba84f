import type { DeliveryOutcome } from '../../../domain/delivery/outcome.ts';
import type { Queryable } from '../../../platform/database/database.ts';
import { micros } from '../../sql/micros.ts';

const LARGEST_INTEGER = 2_147_483_647;

/** Adds delivered orders. */
export async function insertOutcomes(db: Queryable, outcomes: readonly DeliveryOutcome[]): Promise<void> {
  if (outcomes.length === 0) return;
  const rows = outcomes.map(({ order, ...outcome }) => [
    outcome.deliveredAt,
    order.orderId,
    order.sellerId,
    order.lines[0]?.productId ?? null,
    order.lines[0]?.category ?? null,
    order.region,
    order.from.state,
    order.to.zip,
    order.from.zip,
    outcome.distanceKm,
    integer(outcome.weightG),
    integer(outcome.volumeCm3),
    order.amount,
    outcome.createdAt,
    outcome.approvedAt,
    outcome.handedOverAt,
    order.promisedAt,
  ]);
  await db.query({
    name: 'insert_delivery_outcomes',
    text: `INSERT INTO delivery_outcomes (delivered_at, order_id, seller_id, product_id, category, region, seller_state,
                                          customer_zip, seller_zip, distance_km, weight_g, volume_cm3, amount,
                                          created_at, approved_at, handed_over_at, promised_at)
           SELECT ${micros('e->0')}, e->>1, e->>2, e->>3, e->>4, e->>5, e->>6, e->>7, e->>8, (e->>9)::float8,
                  (e->>10)::integer, (e->>11)::integer, (e->>12)::numeric, ${micros('e->>13')}, ${micros('e->>14')},
                  ${micros('e->>15')}, ${micros('e->>16')}
           FROM jsonb_array_elements($1::jsonb) AS e
           ON CONFLICT DO NOTHING`,
    values: [JSON.stringify(rows)],
  });
}

/** What a column of type integer holds at most: quantities of an order know no limit that a weight would respect. */
function integer(value: number | null): number | null {
  return value === null ? null : Math.min(Math.round(value), LARGEST_INTEGER);
}
