import { PreparationHistogram } from '../../../domain/delivery/sellers/preparation-histogram.ts';
import type { ScoreSums } from '../../../domain/delivery/sellers/score-sums.ts';
import type { SellerRecord } from '../../../domain/delivery/sellers/seller-record.ts';
import type { Micros } from '../../../domain/time/micros.ts';
import type { Queryable } from '../../../platform/database/database.ts';

interface Row {
  seller_id: string;
  orders: number;
  revenue: number;
  preparations: number;
  preparation_mean: number;
  preparation_m2: number;
  deliveries: number;
  late: number;
  reviews: number;
  review_sum: number;
  speed_sum: number;
  sla_breaches: number;
  preparation_bins: [number, number][];
  month: Micros;
  month_sums: ScoreSums;
  warned_at: Micros | null;
  warning_open: boolean;
  updated_at: Micros;
}

export async function loadSellerStats(db: Queryable): Promise<SellerRecord[]> {
  const { rows } = await db.query<Row>({
    name: 'load_seller_stats',
    text: `SELECT seller_id, orders, revenue, preparations, preparation_mean, preparation_m2, deliveries, late, reviews,
                  review_sum, speed_sum, sla_breaches, preparation_bins, month::timestamptz AS month, month_sums,
                  warned_at, warning_open, updated_at
           FROM seller_stats`,
  });
  return rows.map((row) => ({
    sellerId: row.seller_id,
    sums: {
      orders: row.orders,
      preparations: row.preparations,
      speedSum: row.speed_sum,
      deliveries: row.deliveries,
      late: row.late,
      reviews: row.reviews,
      reviewSum: row.review_sum,
      breaches: row.sla_breaches,
    },
    revenue: row.revenue,
    preparationMean: row.preparation_mean,
    preparationM2: row.preparation_m2,
    histogram: new PreparationHistogram(row.preparation_bins),
    month: row.month,
    monthSums: row.month_sums,
    warnedAt: row.warned_at,
    warningOpen: row.warning_open,
    updatedAt: row.updated_at,
  }));
}
