import type { DeliveryRisk } from '../../../domain/delivery/watch/assessment.ts';
import type { Queryable } from '../../../platform/database/database.ts';
import { micros } from '../../sql/micros.ts';

/** Keeps assessments; one that is there already stays. */
export async function insertDeliveryRisks(db: Queryable, risks: readonly DeliveryRisk[]): Promise<void> {
  if (risks.length === 0) return;
  const rows = risks.map((r) => [
    r.assessedAt,
    r.order.orderId,
    r.moment,
    r.probability,
    r.expectedAt,
    r.earliestAt,
    r.latestAt,
    r.order.promisedAt,
    r.limitAt,
    r.order.sellerId,
    r.order.lines[0]?.productId ?? null,
    r.order.region,
    r.grade,
    r.reasons,
  ]);
  await db.query({
    name: 'insert_delivery_risks',
    text: `INSERT INTO delivery_risks (assessed_at, order_id, moment, probability, expected_at, earliest_at, latest_at,
                                       promised_at, limit_at, seller_id, product_id, region, grade, reasons)
           SELECT ${micros('e->>0')}, e->>1, e->>2, (e->>3)::float8, ${micros('e->>4')}, ${micros('e->>5')},
                  ${micros('e->>6')}, ${micros('e->>7')}, ${micros('e->>8')}, e->>9, e->>10, e->>11, e->>12, e->13
           FROM jsonb_array_elements($1::jsonb) AS e ORDER BY 1, 2
           ON CONFLICT (order_id, moment, assessed_at) DO NOTHING`,
    values: [JSON.stringify(rows)],
  });
}
