import type { Reason } from '../../../domain/churn/churn-model.ts';
import { type CustomerHistory, inDays, meanGap } from '../../../domain/churn/customer-history.ts';
import type { Segment } from '../../../domain/churn/segment.ts';
import type { Micros } from '../../../domain/time/micros.ts';
import type { Queryable } from '../../../platform/database/database.ts';
import { micros } from '../../sql/micros.ts';

export interface AssessedCustomer {
  history: CustomerHistory;
  probability: number;
  segment: Segment;
  reasons: readonly Reason[];
}

/** Writes how customers are as of a moment, in place of what was known of them before. */
export async function upsertCustomerChurn(
  db: Queryable,
  asOf: Micros,
  customers: readonly AssessedCustomer[],
): Promise<void> {
  if (customers.length === 0) return;
  const rows = customers.map(({ history: h, probability, segment, reasons }) => {
    const gap = meanGap(h);
    return [
      ...[h.customerId, probability, segment, h.region, h.orders, h.firstAt, h.lastAt],
      ...[gap === null ? null : inDays(gap), h.meanValue, h.late, h.refusals, reasons],
    ];
  });
  await db.query({
    name: 'upsert_customer_churn',
    text: `INSERT INTO customer_churn AS c (customer_id, as_of, probability, segment, region, orders, first_order_at,
                                            last_order_at, mean_gap_days, mean_value, late_orders, refusals, reasons)
           SELECT e->>0, ${micros('$2::text')}, (e->>1)::float8, e->>2, e->>3, (e->>4)::integer, ${micros('e->>5')},
                  ${micros('e->>6')}, (e->>7)::float8, (e->>8)::float8, (e->>9)::integer, (e->>10)::integer, e->11
           FROM jsonb_array_elements($1::jsonb) AS e
           ON CONFLICT (customer_id) DO UPDATE
             SET as_of = excluded.as_of, probability = excluded.probability, segment = excluded.segment,
                 region = excluded.region, orders = excluded.orders, first_order_at = excluded.first_order_at,
                 last_order_at = excluded.last_order_at, mean_gap_days = excluded.mean_gap_days,
                 mean_value = excluded.mean_value, late_orders = excluded.late_orders, refusals = excluded.refusals,
                 reasons = excluded.reasons`,
    values: [JSON.stringify(rows), asOf],
  });
}
