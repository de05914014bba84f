import type { Preparation } from '../../../domain/delivery/routes/recommend.ts';
import type { Queryable } from '../../../platform/database/database.ts';

/**
 * Preparations of all sellers together: the squares within sellers and those between them add up. Null: there are none.
 */
export async function overallPreparation(db: Queryable): Promise<Preparation | null> {
  const { rows } = await db.query<{ orders: number; mean: number; sd: number }>({
    name: 'api_overall_preparation',
    text: `WITH overall AS (
             SELECT sum(preparations) AS orders, sum(preparations * preparation_mean) / sum(preparations) AS mean
             FROM seller_stats HAVING sum(preparations) > 0
           )
           SELECT o.orders::float8 AS orders, o.mean,
                  coalesce(sqrt(sum(t.preparation_m2 + t.preparations * (t.preparation_mean - o.mean) ^ 2)
                                / nullif(o.orders - 1, 0)), 0)::float8 AS sd
           FROM overall o CROSS JOIN seller_stats t
           GROUP BY o.orders, o.mean`,
  });
  const [row] = rows;
  return row === undefined ? null : { orders: row.orders, meanSeconds: row.mean, sdSeconds: row.sd };
}
