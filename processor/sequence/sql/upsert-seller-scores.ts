import type { MonthlyScore } from '../../../domain/delivery/sellers/score-table.ts';
import type { Queryable } from '../../../platform/database/database.ts';
import { micros } from '../../sql/micros.ts';

export async function upsertSellerScores(db: Queryable, scores: readonly MonthlyScore[]): Promise<void> {
  if (scores.length === 0) return;
  const rows = scores.map((s) => [
    s.month,
    s.sellerId,
    s.rank,
    s.score,
    s.speed,
    s.reliability,
    s.satisfaction,
    s.orders,
    s.breaches,
    s.monthOrders,
    s.monthScore,
    s.monthRank,
    s.asOf,
  ]);
  await db.query({
    name: 'upsert_seller_scores',
    text: `INSERT INTO seller_scores (month, seller_id, rank, score, speed, reliability, satisfaction, orders,
                                      sla_breaches, month_orders, month_score, month_rank, as_of)
           SELECT ${micros('e->>0')}::date, e->>1, (e->>2)::integer, (e->>3)::float8, (e->>4)::float8, (e->>5)::float8,
                  (e->>6)::float8, (e->>7)::integer, (e->>8)::integer, (e->>9)::integer, (e->>10)::float8,
                  (e->>11)::integer, ${micros('e->>12')}
           FROM jsonb_array_elements($1::jsonb) AS e ORDER BY 1, 2
           ON CONFLICT (month, seller_id) DO UPDATE SET
             rank = excluded.rank, score = excluded.score, speed = excluded.speed, reliability = excluded.reliability,
             satisfaction = excluded.satisfaction, orders = excluded.orders, sla_breaches = excluded.sla_breaches,
             month_orders = excluded.month_orders, month_score = excluded.month_score,
             month_rank = excluded.month_rank, as_of = excluded.as_of`,
    values: [JSON.stringify(rows)],
  });
}
