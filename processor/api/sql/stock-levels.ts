import type { Micros } from '../../../domain/time/micros.ts';
import type { Queryable } from '../../../platform/database/database.ts';

export interface StockLevelsQuery {
  productId: string | null;
  sellerId: string | null;
  category: string | null;
  /** Only products at or below their reorder point, those on order counted. */
  belowReorderPoint: boolean;
  after: readonly [productId: string] | null;
  most: number;
}

export interface StockLevel {
  product_id: string;
  product_name: string | null;
  category: string | null;
  seller_id: string | null;
  current_stock: number;
  reserved_stock: number;
  available: number;
  safety_stock: number;
  reorder_point: number | null;
  lead_time_days: number | null;
  on_order: number;
  position: number;
  mean_daily_sales: number | null;
  days_of_cover: number | null;
  updated_at: Micros;
}

/** Tracked products by their id. */
export async function stockLevels(db: Queryable, query: StockLevelsQuery): Promise<StockLevel[]> {
  const { rows } = await db.query<StockLevel & Record<string, unknown>>({
    name: 'api_stock_levels',
    text: `SELECT product_id, product_name, category, seller_id, current_stock, reserved_stock, available, safety_stock,
                  reorder_point, lead_time_days, on_order, position, mean_daily_sales, days_of_cover, updated_at
           FROM stock_levels
           WHERE ($1::text IS NULL OR product_id = $1) AND ($2::text IS NULL OR seller_id = $2)
             AND ($3::text IS NULL OR category = $3) AND (NOT $4::boolean OR position <= reorder_point)
             AND ($5::text IS NULL OR product_id > $5)
           ORDER BY product_id LIMIT $6`,
    values: [
      query.productId,
      query.sellerId,
      query.category,
      query.belowReorderPoint,
      query.after?.[0] ?? null,
      query.most,
    ],
  });
  return rows;
}
