import type { SellerRecord } from '../../../domain/delivery/sellers/seller-record.ts';
import type { Queryable } from '../../../platform/database/database.ts';
import { micros } from '../../sql/micros.ts';

export async function upsertSellerStats(db: Queryable, sellers: readonly SellerRecord[]): Promise<void> {
  if (sellers.length === 0) return;
  const rows = sellers.map((s) => [
    s.sellerId,
    s.sums.orders,
    s.revenue,
    s.sums.preparations,
    s.preparationMean,
    s.preparationM2,
    s.histogram.quantile(0.95),
    s.sums.deliveries,
    s.sums.late,
    s.sums.reviews,
    s.sums.reviewSum,
    s.sums.speedSum,
    s.sums.breaches,
    s.histogram.entries(),
    s.month,
    s.monthSums,
    s.warnedAt,
    s.warningOpen,
    s.updatedAt,
  ]);
  await db.query({
    name: 'upsert_seller_stats',
    text: `INSERT INTO seller_stats (seller_id, orders, revenue, preparations, preparation_mean, preparation_m2,
                                     preparation_p95, deliveries, late, reviews, review_sum, speed_sum, sla_breaches,
                                     preparation_bins, month, month_sums, warned_at, warning_open, updated_at)
           SELECT e->>0, (e->>1)::integer, (e->>2)::float8, (e->>3)::integer, (e->>4)::float8, (e->>5)::float8,
                  (e->>6)::float8, (e->>7)::integer, (e->>8)::integer, (e->>9)::integer, (e->>10)::integer,
                  (e->>11)::float8, (e->>12)::integer, e->13, ${micros('e->>14')}::date, e->15, ${micros('e->>16')},
                  (e->>17)::boolean, ${micros('e->>18')}
           FROM jsonb_array_elements($1::jsonb) AS e ORDER BY 1
           ON CONFLICT (seller_id) DO UPDATE SET
             orders = excluded.orders, revenue = excluded.revenue, preparations = excluded.preparations,
             preparation_mean = excluded.preparation_mean, preparation_m2 = excluded.preparation_m2,
             preparation_p95 = excluded.preparation_p95, deliveries = excluded.deliveries, late = excluded.late,
             reviews = excluded.reviews, review_sum = excluded.review_sum, speed_sum = excluded.speed_sum,
             sla_breaches = excluded.sla_breaches, preparation_bins = excluded.preparation_bins,
             month = excluded.month, month_sums = excluded.month_sums, warned_at = excluded.warned_at,
             warning_open = excluded.warning_open, updated_at = excluded.updated_at`,
    values: [JSON.stringify(rows)],
  });
}
