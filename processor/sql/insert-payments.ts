import type { PaymentEvent } from '../../domain/payments/payment.ts';
import type { Queryable } from '../../platform/database/database.ts';
import { micros } from './micros.ts';

/** Adds the payment events that are not known yet. @returns how many were new */
export async function insertPayments(db: Queryable, payments: readonly PaymentEvent[]): Promise<number> {
  if (payments.length === 0) return 0;
  const rows = payments.map((one) => [
    one.orderId,
    one.occurredAt,
    one.contentHash,
    one.eventId,
    one.eventType,
    one.method,
    one.amount,
    one.currency,
    one.installments,
    one.region,
    one.reason,
  ]);
  const result = await db.query({
    name: 'insert_payments',
    text: `INSERT INTO payments (order_id, occurred_at, content_hash, event_id, event_type, method, amount, currency,
                                 installments, region, reason)
           SELECT e->>0, ${micros('e->1')}, (e->2)::bigint, e->>3, e->>4, e->>5, (e->>6)::numeric, e->>7,
                  (e->>8)::integer, e->>9, e->>10
           FROM jsonb_array_elements($1::jsonb) AS e
           ON CONFLICT DO NOTHING`,
    values: [JSON.stringify(rows)],
  });
  return result.rowCount ?? 0;
}
