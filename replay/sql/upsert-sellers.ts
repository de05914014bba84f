import type { Queryable } from '../../platform/database/database.ts';
import type { SellerRow } from '../source/reference.ts';

const STATEMENT = `
  INSERT INTO sellers AS known (seller_id, zip, city, state)
  SELECT r->>'sellerId', r->>'zip', r->>'city', r->>'state' FROM jsonb_array_elements($1::jsonb) AS r
  ON CONFLICT (seller_id) DO UPDATE SET zip = excluded.zip, city = excluded.city, state = excluded.state
  WHERE (known.zip, known.city, known.state) IS DISTINCT FROM (excluded.zip, excluded.city, excluded.state)`;

/** Adds sellers, or puts those right that are known; no id may occur twice. */
export async function upsertSellers(database: Queryable, rows: readonly SellerRow[]): Promise<void> {
  await database.query({ text: STATEMENT, values: [JSON.stringify(rows)] });
}
