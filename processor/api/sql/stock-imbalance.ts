import type { Queryable } from '../../../platform/database/database.ts';

export interface StockImbalance {
  product_id: string;
  short_warehouse: string;
  short_pieces: number;
  inbound_pieces: number;
  surplus_warehouse: string;
  surplus_pieces: number;
  movable_pieces: number;
  unit_inbound_cost: number | null;
  duplicated_inbound_cost: number | null;
}

/** By product and warehouses. */
export async function stockImbalance(
  db: Queryable,
  productId: string | null,
  after: readonly [productId: string, shortWarehouse: string, surplusWarehouse: string] | null,
  most: number,
): Promise<StockImbalance[]> {
  const { rows } = await db.query<StockImbalance & Record<string, unknown>>({
    name: 'api_stock_imbalance',
    text: `SELECT product_id, short_warehouse, short_pieces, inbound_pieces, surplus_warehouse, surplus_pieces,
                  movable_pieces, unit_inbound_cost, duplicated_inbound_cost
           FROM stock_imbalance
           WHERE ($1::text IS NULL OR product_id = $1)
             AND ($2::text IS NULL OR (product_id, short_warehouse, surplus_warehouse) > ($2, $3, $4))
           ORDER BY product_id, short_warehouse, surplus_warehouse LIMIT $5`,
    values: [productId, after?.[0] ?? null, after?.[1] ?? null, after?.[2] ?? null, most],
  });
  return rows;
}
