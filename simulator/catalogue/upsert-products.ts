import type { Queryable } from '../../platform/database/database.ts';
import type { Product } from './products.ts';

const ROWS_PER_STATEMENT = 5_000;

const STATEMENT = `
  INSERT INTO products (product_id, product_name, category, price, currency, seller_id, weight_g, opening_stock, lead_time_days)
  SELECT p->>'product_id', p->>'product_name', p->>'category', (p->>'price')::numeric, 'KRW', p->>'seller_id',
         (p->>'weight_g')::integer, (p->>'opening_stock')::integer, (p->>'lead_time_days')::numeric
  FROM jsonb_array_elements($1::jsonb) AS p
  ON CONFLICT (product_id) DO NOTHING`;

/** Makes the products known to the database; those that are known stay as they are. */
export async function upsertProducts(database: Queryable, products: readonly Product[]): Promise<void> {
  for (let from = 0; from < products.length; from += ROWS_PER_STATEMENT) {
    const rows = products.slice(from, from + ROWS_PER_STATEMENT).map((product) => ({
      product_id: product.productId,
      product_name: product.name,
      category: product.category,
      price: product.price,
      seller_id: product.sellerId,
      weight_g: product.weight,
      opening_stock: product.openingStock,
      lead_time_days: product.leadTimeDays,
    }));
    await database.query({ text: STATEMENT, values: [JSON.stringify(rows)] });
  }
}
