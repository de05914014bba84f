import type { Queryable } from '../../../platform/database/database.ts';

export interface ProductFacts {
  product_name: string | null;
  category: string | null;
  /** Null: not tracked. */
  available: number | null;
}

/** Null: neither the catalogue nor any order has this product. */
export async function productFacts(db: Queryable, productId: string): Promise<ProductFacts | null> {
  const { rows } = await db.query<ProductFacts & Record<string, unknown>>({
    name: 'api_product_facts',
    text: `SELECT p.product_name, p.category,
                  coalesce(i.current_stock, p.opening_stock) - coalesce(i.reserved_stock, 0) AS available
           FROM (VALUES ($1::text)) AS asked (product_id)
           LEFT JOIN products p USING (product_id)
           LEFT JOIN inventory i USING (product_id)
           WHERE p.product_id IS NOT NULL OR EXISTS (SELECT FROM order_items i WHERE i.product_id = $1)`,
    values: [productId],
  });
  return rows[0] ?? null;
}
