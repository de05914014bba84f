import type { Queryable } from '../../../platform/database/database.ts';

export interface PrestockQuery {
  productId: string | null;
  warehouseId: string | null;
  /** Only where something has to be put. */
  needed: boolean;
  after: readonly [productId: string, warehouseId: string] | null;
  most: number;
}

export interface Prestock {
  product_id: string;
  warehouse_id: string;
  mean_daily_sales: number;
  lead_time_days: number;
  expected_demand: number;
  available: number;
  inbound: number;
  put_in: number;
}

/** By product and warehouse. */
export async function prestockPlan(db: Queryable, query: PrestockQuery): Promise<Prestock[]> {
  const { rows } = await db.query<Prestock & Record<string, unknown>>({
    name: 'api_prestock_plan',
    text: `SELECT product_id, warehouse_id, mean_daily_sales, lead_time_days, expected_demand, available, inbound, put_in
           FROM prestock_plan
           WHERE ($1::text IS NULL OR product_id = $1) AND ($2::text IS NULL OR warehouse_id = $2)
             AND (NOT $3::boolean OR put_in > 0)
             AND ($4::text IS NULL OR (product_id, warehouse_id) > ($4, $5))
           ORDER BY product_id, warehouse_id LIMIT $6`,
    values: [
      query.productId,
      query.warehouseId,
      query.needed,
      query.after?.[0] ?? null,
      query.after?.[1] ?? null,
      query.most,
    ],
  });
  return rows;
}
