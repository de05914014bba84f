import { formatIso8601 } from '../../../domain/time/iso8601.ts';
import type { Micros } from '../../../domain/time/micros.ts';
import type { Queryable } from '../../../platform/database/database.ts';
import { micros } from '../../sql/micros.ts';

/** A milestone that says something of a customer. */
export interface CustomerMilestone {
  orderId: string;
  kind: 'ORDERED' | 'LATE' | 'CANCELED';
  at: Micros;
  amount: number | null;
  region: string | null;
}

/**
 * Keeps what milestones say of customers; of orders without one, nothing. An order is REFUSED when it was canceled for a
 * reason that is not the customer's own.
 */
export async function insertCustomerFacts(db: Queryable, facts: readonly CustomerMilestone[]): Promise<void> {
  if (facts.length === 0) return;
  const times = facts.map(({ at }) => at);
  await db.query({
    name: 'insert_customer_facts',
    text: `WITH said AS MATERIALIZED (
             SELECT e->>0 AS order_id, e->>1 AS kind, ${micros('e->>2')} AS at, (e->>3)::numeric AS amount, e->>4 AS region
             FROM jsonb_array_elements($1::jsonb) AS e
           ),
           refused AS MATERIALIZED (
             SELECT DISTINCT s.order_id, s.at FROM said s
             JOIN events v ON v.order_id = s.order_id AND v.occurred_at = s.at
             WHERE s.kind = 'CANCELED' AND v.occurred_at >= $2::timestamptz AND v.occurred_at <= $3::timestamptz
               AND v.current_status = 'CANCELED' AND v.reason_code NOT LIKE 'CUSTOMER%'
           )
           INSERT INTO customer_facts (bucket, customer_id, at, kind, order_id, amount, region)
           SELECT customer_bucket(o.user_id), o.user_id, s.at, CASE s.kind WHEN 'CANCELED' THEN 'REFUSED' ELSE s.kind END,
                  s.order_id, s.amount, s.region
           FROM said s
           JOIN order_keys k USING (order_id)
           JOIN orders o ON o.order_id = k.order_id AND o.partition_at = k.partition_at
           WHERE o.user_id IS NOT NULL
             AND (s.kind <> 'CANCELED' OR (s.order_id, s.at) IN (SELECT order_id, at FROM refused))
           ON CONFLICT DO NOTHING`,
    values: [
      JSON.stringify(facts.map((f) => [f.orderId, f.kind, f.at, f.amount, f.region])),
      formatIso8601(times.reduce((a, b) => Math.min(a, b))),
      formatIso8601(times.reduce((a, b) => Math.max(a, b))),
    ],
  });
}
