import type { Micros } from '../../../domain/time/micros.ts';
import type { Queryable } from '../../../platform/database/database.ts';
import { micros } from '../../sql/micros.ts';
import type { AssessedCustomer } from './upsert-customer-churn.ts';

/**
 * Adds customers to the counts of their segments as of a moment.
 *
 * @param threshold probability from which one counts as likely to churn
 */
export async function addChurnSegments(
  db: Queryable,
  asOf: Micros,
  customers: readonly AssessedCustomer[],
  threshold: number,
): Promise<void> {
  if (customers.length === 0) return;
  const rows = customers.map(({ segment, history, probability }) => [segment, history.region, probability]);
  await db.query({
    name: 'add_churn_segments',
    text: `INSERT INTO churn_segments AS s (as_of, segment, region, customers, probability_sum, over_threshold)
           SELECT ${micros('$2::text')}, e->>0, coalesce(e->>1, 'unknown'), count(*), sum((e->>2)::float8),
                  count(*) FILTER (WHERE (e->>2)::float8 >= $3)
           FROM jsonb_array_elements($1::jsonb) AS e GROUP BY 2, 3
           ON CONFLICT (as_of, segment, region) DO UPDATE
             SET customers = s.customers + excluded.customers,
                 probability_sum = s.probability_sum + excluded.probability_sum,
                 over_threshold = s.over_threshold + excluded.over_threshold`,
    values: [JSON.stringify(rows), asOf, threshold],
  });
}
