import type { ChurnExample } from '../../../domain/churn/customer-history.ts';
import { formatIso8601 } from '../../../domain/time/iso8601.ts';
import type { Micros } from '../../../domain/time/micros.ts';
import type { Queryable } from '../../../platform/database/database.ts';
import { micros } from '../../sql/micros.ts';

export interface HistoryQuestion {
  /** Parts of all customers: from, inclusive, to, exclusive; of 1024. */
  buckets: readonly [number, number];
  /** Moments as of which customers are looked at. */
  moments: readonly Micros[];
  /** An order within it after the moment means that the customer came back. */
  horizon: Micros;
  /** Whoever has not ordered for so long by the moment is left out. */
  activeFor: Micros;
}

interface Row {
  as_of: Micros;
  customer_id: string;
  region: string | null;
  orders: number;
  first_at: Micros;
  last_at: Micros;
  mean_value: number | null;
  late: number;
  refusals: number;
  returned: boolean;
}

/** Customers as they were known at each moment, and whether they came back; by moment and id. */
export async function readHistories(
  db: Queryable,
  { buckets: [from, to], moments, horizon, activeFor }: HistoryQuestion,
): Promise<ChurnExample[]> {
  const { rows } = await db.query<Row & Record<string, unknown>>({
    name: 'read_histories',
    text: `SELECT m.as_of, f.customer_id,
                  (array_agg(f.region ORDER BY f.at DESC, f.order_id)
                     FILTER (WHERE f.kind = 'ORDERED' AND f.at <= m.as_of))[1] AS region,
                  (count(*) FILTER (WHERE f.kind = 'ORDERED' AND f.at <= m.as_of))::integer AS orders,
                  min(f.at) FILTER (WHERE f.kind = 'ORDERED') AS first_at,
                  max(f.at) FILTER (WHERE f.kind = 'ORDERED' AND f.at <= m.as_of) AS last_at,
                  (avg(f.amount) FILTER (WHERE f.kind = 'ORDERED' AND f.at <= m.as_of))::float8 AS mean_value,
                  (count(*) FILTER (WHERE f.kind = 'LATE' AND f.at <= m.as_of))::integer AS late,
                  (count(*) FILTER (WHERE f.kind = 'REFUSED' AND f.at <= m.as_of))::integer AS refusals,
                  bool_or(f.kind = 'ORDERED' AND f.at > m.as_of) AS returned
           FROM (SELECT e::timestamptz AS as_of FROM unnest($3::text[]) AS e) AS m
           JOIN customer_facts f ON f.at <= m.as_of + (${micros('$4::text')} - TIMESTAMPTZ 'epoch')
           WHERE f.bucket >= $1 AND f.bucket < $2
           GROUP BY m.as_of, f.customer_id
           HAVING max(f.at) FILTER (WHERE f.kind = 'ORDERED' AND f.at <= m.as_of)
                    > m.as_of - (${micros('$5::text')} - TIMESTAMPTZ 'epoch')
           ORDER BY m.as_of, f.customer_id`,
    values: [from, to, moments.map(formatIso8601), horizon, activeFor],
  });
  return rows.map((row) => ({
    asOf: row.as_of,
    churned: !row.returned,
    history: {
      customerId: row.customer_id,
      region: row.region,
      orders: row.orders,
      firstAt: row.first_at,
      lastAt: row.last_at,
      meanValue: row.mean_value,
      late: row.late,
      refusals: row.refusals,
    },
  }));
}
