import type { Micros } from '../../../domain/time/micros.ts';
import type { Queryable } from '../../../platform/database/database.ts';

export interface ChurnQuery {
  segment: string | null;
  region: string | null;
  minProbability: number;
  /** Where a page ended: the probability, and how many customers of just this probability had been shown. */
  after: readonly [probability: number, shown: number] | null;
  most: number;
  /** Ids as they are, for which a role needs rights of its own. */
  showPersonalData: boolean;
}

export interface ChurnRow {
  customer_id: string;
  as_of: Micros;
  probability: number;
  segment: 'NEW' | 'REGULAR' | 'FALLING' | 'LOST';
  region: string | null;
  orders: number;
  first_order_at: Micros;
  last_order_at: Micros;
  mean_gap_days: number | null;
  mean_value: number | null;
  late_orders: number;
  refusals: number;
  reasons: { feature: string; value: number; effect: number }[];
  /** Its number among customers of the same probability, from 1. */
  place: number;
}

/**
 * Customers by how likely they are to stay away. Equal ones are numbered, so that a page can end between them and the link
 * to the next one names nobody.
 */
export async function customersByChurn(db: Queryable, query: ChurnQuery): Promise<ChurnRow[]> {
  const [name, table] = query.showPersonalData
    ? ['api_customers_by_churn', 'customer_churn']
    : ['api_customers_by_churn_masked', 'customer_churn_masked'];
  const { rows } = await db.query<ChurnRow & Record<string, unknown>>({
    name,
    text: `SELECT * FROM (
             SELECT customer_id, as_of, probability, segment, region, orders, first_order_at, last_order_at, mean_gap_days, mean_value,
                    late_orders, refusals, reasons,
                    row_number() OVER (PARTITION BY probability ORDER BY last_order_at, first_order_at, orders, customer_id) AS place
             FROM ${table}
             WHERE probability >= $1 AND ($2::text IS NULL OR segment = $2) AND ($3::text IS NULL OR region = $3)
               AND ($4::float8 IS NULL OR probability <= $4)
           ) AS numbered
           WHERE $4::float8 IS NULL OR probability < $4 OR place > $5
           ORDER BY probability DESC, place LIMIT $6`,
    values: [
      query.minProbability,
      query.segment,
      query.region,
      query.after?.[0] ?? null,
      query.after?.[1] ?? null,
      query.most,
    ],
  });
  return rows;
}
