import type { ProductPlan } from '../../domain/inventory/plan.ts';
import type { Micros } from '../../domain/time/micros.ts';
import type { Queryable } from '../../platform/database/database.ts';
import { micros } from './micros.ts';

/** Ten years: what comes later than that is a mistake in the catalogue, and could lie beyond what a time can be. */
const LONGEST_LEAD_TIME_DAYS = 3660;

type SalesByDay = Record<string, number>;

interface PlanRow {
  product_id: string;
  seller_id: string | null;
  lead_time_days: number;
  opening: number;
  adjusted: number;
  sold: number;
  last_sale_at: Micros;
  ordered: number;
  orders: number;
  sales: SalesByDay;
  mean: number;
  sd: number;
  safety_stock: number;
  reorder_point: number;
  inbound: [dueAt: Micros, quantity: number, openUntil: Micros][] | null;
  regional: [warehouseId: string, sales: SalesByDay, mean: number][] | null;
}

/** Which products are planned for whose sales are not over: their estimates change as days go by. */
export async function sellingProducts(db: Queryable): Promise<string[]> {
  const { rows } = await db.query<{ product_id: string }>({
    name: 'selling_products',
    text: 'SELECT product_id FROM inventory_plans WHERE mean_daily_sales > 0 ORDER BY product_id',
  });
  return rows.map((row) => row.product_id);
}

/**
 * What the planner knows of those of these products that are tracked.
 *
 * @param since orders to the supplier that were due before are at hand
 * @param leadTimeDays where the catalogue says none
 */
export async function loadPlans(
  db: Queryable,
  productIds: readonly string[],
  since: Micros,
  leadTimeDays: number,
): Promise<Map<string, ProductPlan>> {
  const { rows } = await db.query<PlanRow & Record<string, unknown>>({
    name: 'load_plans',
    text: `SELECT wanted.product_id, coalesce(s.seller_id, p.seller_id) AS seller_id, least(coalesce(p.lead_time_days, $3), $4)::float8 AS lead_time_days,
                  coalesce(s.opening, p.opening_stock, 0) AS opening, coalesce(i.adjusted, 0) AS adjusted,
                  coalesce(s.sold, 0)::float8 AS sold,
                  coalesce(extract(epoch FROM s.updated_at) * 1000000, 0)::bigint AS last_sale_at, coalesce(s.ordered, 0)::float8 AS ordered,
                  coalesce(s.orders, 0) AS orders, coalesce(s.sales, '{}') AS sales,
                  coalesce(s.mean_daily_sales, 0) AS mean, coalesce(s.sd_daily_sales, 0) AS sd,
                  coalesce(i.safety_stock, 0) AS safety_stock, coalesce(i.reorder_point, 0) AS reorder_point,
                  (SELECT jsonb_agg(jsonb_build_array((extract(epoch FROM r.due_at) * 1000000)::bigint, r.quantity,
                                                      (extract(epoch FROM least(r.due_at, r.received_at)) * 1000000)::bigint)
                                    ORDER BY r.sequence)
                   FROM replenishments r WHERE r.product_id = wanted.product_id AND r.due_at > ${micros('$2::text')}) AS inbound,
                  (SELECT jsonb_agg(jsonb_build_array(d.warehouse_id, d.sales, d.mean_daily_sales))
                   FROM warehouse_demand d WHERE d.product_id = wanted.product_id) AS regional
           FROM unnest($1::text[]) AS wanted (product_id)
           LEFT JOIN products p USING (product_id)
           LEFT JOIN inventory i USING (product_id)
           LEFT JOIN inventory_plans s USING (product_id)
           WHERE i.product_id IS NOT NULL OR p.opening_stock IS NOT NULL`,
    values: [productIds, String(since), leadTimeDays, LONGEST_LEAD_TIME_DAYS],
  });
  return new Map(rows.map((row) => [row.product_id, planOf(row)]));
}

function planOf(row: PlanRow): ProductPlan {
  return {
    productId: row.product_id,
    sellerId: row.seller_id,
    opening: row.opening,
    adjusted: row.adjusted,
    sold: row.sold,
    lastSaleAt: row.last_sale_at,
    ordered: row.ordered,
    orders: row.orders,
    inbound: (row.inbound ?? []).map(([dueAt, quantity, openUntil]) => ({ dueAt, quantity, openUntil })),
    leadTimeDays: row.lead_time_days,
    sales: daysOf(row.sales),
    estimate: { mean: row.mean, sd: row.sd },
    target: { safetyStock: row.safety_stock, reorderPoint: row.reorder_point },
    regional: new Map(
      (row.regional ?? []).map(([warehouseId, sales, mean]) => [warehouseId, { sales: daysOf(sales), mean }]),
    ),
  };
}

function daysOf(sales: SalesByDay): Map<number, number> {
  return new Map(Object.entries(sales).map(([day, pieces]) => [Number(day), pieces]));
}
