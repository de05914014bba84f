import type { BottleneckRow } from '../../../domain/delivery/bottleneck.ts';
import type { Queryable } from '../../../platform/database/database.ts';

interface Row {
  name: string;
  preparations: number;
  mean_seconds: number;
  waiting: number;
  outliers: number;
  tracked_products: number;
  available: number | null;
  reorder_point: number | null;
}

/**
 * Every seller, or every region that sellers are in, with its preparations, the orders that wait for it, and the stock of
 * its products. Those for which nothing was prepared and nothing waits are left out.
 */
export async function bottleneckRows(db: Queryable, by: 'seller' | 'region'): Promise<BottleneckRow[]> {
  const { rows } = await db.query<Row & Record<string, unknown>>({
    name: 'api_bottleneck_rows',
    text: `WITH waiting AS (
             SELECT seller_id, count(*) AS waiting, count(*) FILTER (WHERE passed) AS outliers
             FROM orders_waiting WHERE waits = 'HAND_OVER' AND seller_id IS NOT NULL GROUP BY 1
           ),
           stock AS (
             SELECT seller_id, count(*) AS tracked, sum(available) AS available, sum(reorder_point) AS reorder_point
             FROM stock_levels WHERE seller_id IS NOT NULL GROUP BY 1
           )
           SELECT CASE $1 WHEN 'region' THEN coalesce(s.state, 'unknown') ELSE seller_id END AS name,
                  coalesce(sum(t.preparations), 0)::float8 AS preparations,
                  coalesce(sum(t.preparations * t.preparation_mean) / nullif(sum(t.preparations), 0), 0)::float8 AS mean_seconds,
                  coalesce(sum(w.waiting), 0)::float8 AS waiting, coalesce(sum(w.outliers), 0)::float8 AS outliers,
                  coalesce(sum(k.tracked), 0)::float8 AS tracked_products, sum(k.available)::float8 AS available,
                  sum(k.reorder_point)::float8 AS reorder_point
           FROM seller_stats t
           FULL JOIN waiting w USING (seller_id)
           LEFT JOIN sellers s USING (seller_id)
           LEFT JOIN stock k USING (seller_id)
           WHERE coalesce(t.preparations, 0) > 0 OR w.waiting > 0
           GROUP BY 1`,
    values: [by],
  });
  return rows.map((row) => ({
    name: row.name,
    preparations: row.preparations,
    meanSeconds: row.mean_seconds,
    waiting: row.waiting,
    outliers: row.outliers,
    stock:
      row.tracked_products === 0 ? null : { available: row.available ?? 0, reorderPoint: row.reorder_point },
  }));
}
