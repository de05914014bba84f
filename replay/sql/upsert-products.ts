import type { Queryable } from '../../platform/database/database.ts';
import type { ProductRow } from '../source/reference.ts';

/** What the history does not say of a product stays as it is known. */
const STATEMENT = `
  INSERT INTO products AS known (product_id, product_name, category, currency, weight_g, volume_cm3, opening_stock)
  SELECT r->>'productId', r->>'name', r->>'category', r->>'currency', (r->>'weightG')::integer,
         (r->>'volumeCm3')::integer, $2::integer
  FROM jsonb_array_elements($1::jsonb) AS r
  ON CONFLICT (product_id) DO UPDATE
  SET product_name = coalesce(excluded.product_name, known.product_name), category = excluded.category,
      weight_g = excluded.weight_g, volume_cm3 = excluded.volume_cm3,
      opening_stock = coalesce(known.opening_stock, excluded.opening_stock)`;

/**
 * Adds products, or puts those right that are known; no id may occur twice.
 *
 * @param openingStock pieces that a product begins with which had no stock so far; null: its stock is not tracked
 */
export async function upsertProducts(
  database: Queryable,
  rows: readonly ProductRow[],
  openingStock: number | null,
): Promise<void> {
  await database.query({ text: STATEMENT, values: [JSON.stringify(rows), openingStock] });
}
