import type { Queryable } from '../../platform/database/database.ts';
import type { CustomerRow } from '../source/reference.ts';

const STATEMENT = `
  INSERT INTO customers AS known (customer_id, user_id, zip, city, state)
  SELECT r->>'customerId', r->>'userId', r->>'zip', r->>'city', r->>'state' FROM jsonb_array_elements($1::jsonb) AS r
  ON CONFLICT (customer_id) DO UPDATE
  SET user_id = excluded.user_id, zip = excluded.zip, city = excluded.city, state = excluded.state
  WHERE (known.user_id, known.zip, known.city, known.state)
    IS DISTINCT FROM (excluded.user_id, excluded.zip, excluded.city, excluded.state)`;

/** Adds customers, or puts those right that are known; no id may occur twice. */
export async function upsertCustomers(database: Queryable, rows: readonly CustomerRow[]): Promise<void> {
  await database.query({ text: STATEMENT, values: [JSON.stringify(rows)] });
}
