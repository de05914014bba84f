import type { Micros } from '../../../domain/time/micros.ts';
import type { Queryable } from '../../../platform/database/database.ts';

export interface SellerStatsRow {
  name: string | null;
  city: string | null;
  state: string | null;
  orders: number;
  revenue: number;
  preparations: number;
  preparation_mean: number;
  preparation_m2: number;
  preparation_bins: [bin: number, count: number][];
  deliveries: number;
  late: number;
  reviews: number;
  review_sum: number;
  sla_breaches: number;
  warned_at: Micros | null;
  warning_open: boolean;
  updated_at: Micros | null;
}

/** What is known of a seller; null: nobody has heard of it. One that has sold nothing yet has counts of 0. */
export async function sellerStats(db: Queryable, sellerId: string): Promise<SellerStatsRow | null> {
  const { rows } = await db.query<SellerStatsRow & Record<string, unknown>>({
    name: 'api_seller_stats',
    text: `SELECT s.name, s.city, s.state, coalesce(t.orders, 0) AS orders, coalesce(t.revenue, 0)::float8 AS revenue,
                  coalesce(t.preparations, 0) AS preparations, coalesce(t.preparation_mean, 0)::float8 AS preparation_mean,
                  coalesce(t.preparation_m2, 0)::float8 AS preparation_m2,
                  coalesce(t.preparation_bins, '[]') AS preparation_bins, coalesce(t.deliveries, 0) AS deliveries,
                  coalesce(t.late, 0) AS late, coalesce(t.reviews, 0) AS reviews, coalesce(t.review_sum, 0) AS review_sum,
                  coalesce(t.sla_breaches, 0) AS sla_breaches, t.warned_at, coalesce(t.warning_open, false) AS warning_open,
                  t.updated_at
           FROM (VALUES ($1::text)) AS asked (seller_id)
           LEFT JOIN sellers s USING (seller_id)
           LEFT JOIN seller_stats t USING (seller_id)
           WHERE s.seller_id IS NOT NULL OR t.seller_id IS NOT NULL`,
    values: [sellerId],
  });
  return rows[0] ?? null;
}
