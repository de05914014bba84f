import type { DailySales } from '../../domain/inventory/daily-sales.ts';
import type { ProductPlan } from '../../domain/inventory/plan.ts';
import { openingEvent } from '../../domain/inventory/stock-event.ts';
import { YEAR_2000 } from '../../domain/time/micros.ts';
import type { Queryable } from '../../platform/database/database.ts';
import { micros } from './micros.ts';

/**
 * Writes what the planner knows of products, and what follows for their stock: safety stock, reorder point, lead time. A
 * product that nothing has moved yet gets its level, with the event that says where it comes from.
 */
export async function writePlans(db: Queryable, plans: readonly ProductPlan[]): Promise<void> {
  if (plans.length === 0) return;
  const opening = openingEvent('', 0);
  await db.query({
    name: 'write_plans',
    text: `WITH given AS (
             SELECT e->>0 AS product_id, (e->1)::integer AS opening, (e->2)::bigint AS sold, (e->3)::bigint AS ordered,
                    (e->4)::integer AS orders, e->5 AS sales, (e->6)::float8 AS mean,
                    (e->7)::float8 AS sd, (e->8)::integer AS safety_stock, (e->9)::integer AS reorder_point,
                    (e->10)::numeric AS lead_time_days, e->11 AS regional, ${micros('e->12')} AS last_sale_at,
                    e->>13 AS seller_id
             FROM jsonb_array_elements($1::jsonb) AS e
           ), planned AS (
             INSERT INTO inventory_plans (product_id, seller_id, opening, sold, ordered, orders, sales,
                                          mean_daily_sales, sd_daily_sales, updated_at)
             SELECT product_id, seller_id, opening, sold, ordered, orders, sales, mean, sd, last_sale_at FROM given
             ON CONFLICT (product_id) DO UPDATE SET
               seller_id = excluded.seller_id, sold = excluded.sold, ordered = excluded.ordered, orders = excluded.orders,
               sales = excluded.sales, mean_daily_sales = excluded.mean_daily_sales, sd_daily_sales = excluded.sd_daily_sales,
               updated_at = excluded.updated_at
           ), wanted AS (
             INSERT INTO warehouse_demand (product_id, warehouse_id, sales, mean_daily_sales, updated_at)
             SELECT product_id, d->>0, d->1, (d->2)::float8, last_sale_at
             FROM given CROSS JOIN jsonb_array_elements(regional) AS d
             ON CONFLICT (product_id, warehouse_id) DO UPDATE SET
               sales = excluded.sales, mean_daily_sales = excluded.mean_daily_sales, updated_at = excluded.updated_at
           ), levels AS (
             INSERT INTO inventory (product_id, current_stock, safety_stock, reorder_point, lead_time_days)
             SELECT product_id, opening, safety_stock, reorder_point, lead_time_days FROM given
             ORDER BY product_id COLLATE "C"
             ON CONFLICT (product_id) DO UPDATE SET
               safety_stock = excluded.safety_stock, reorder_point = excluded.reorder_point,
               lead_time_days = excluded.lead_time_days, updated_at = now()
             RETURNING product_id, current_stock, xmax = 0 AS is_new
           )
           INSERT INTO inventory_events (occurred_at, event_id, product_id, event_type, quantity, source, current_delta)
           SELECT ${micros('$2::text')}, $3, product_id, $4, current_stock, $5, current_stock FROM levels WHERE is_new
           ON CONFLICT DO NOTHING`,
    values: [
      JSON.stringify(plans.map(planRow)),
      String(YEAR_2000),
      opening.eventId,
      opening.type,
      opening.source,
    ],
  });
}

function planRow(plan: ProductPlan): unknown[] {
  const { productId, opening, sold, ordered, orders, sales, estimate, target, leadTimeDays } = plan;
  const regional = [...plan.regional].map(([warehouseId, one]) => [
    ...[warehouseId, daysOf(one.sales), one.mean],
  ]);
  return [
    ...[productId, opening, sold, ordered, orders, daysOf(sales), estimate.mean],
    ...[estimate.sd, target.safetyStock, target.reorderPoint, leadTimeDays, regional],
    ...[plan.lastSaleAt, plan.sellerId],
  ];
}

function daysOf(sales: DailySales): Record<string, number> {
  return Object.fromEntries(sales);
}
