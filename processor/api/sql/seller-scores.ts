import type { Micros } from '../../../domain/time/micros.ts';
import type { Queryable } from '../../../platform/database/database.ts';

export interface SellerScoreRow {
  seller_id: string;
  /** First day, YYYY-MM-DD. */
  month: string;
  rank: number;
  score: number;
  speed: number;
  reliability: number;
  satisfaction: number;
  orders: number;
  sla_breaches: number;
  month_orders: number;
  month_score: number | null;
  month_rank: number | null;
  as_of: Micros;
}

const COLUMNS = `seller_id, to_char(month, 'YYYY-MM-DD') AS month, rank, score, speed, reliability, satisfaction, orders,
                 sla_breaches, month_orders, month_score, month_rank, as_of`;

/** The last month that has scores, as YYYY-MM-DD; null: none has. */
export async function lastScoredMonth(db: Queryable): Promise<string | null> {
  const { rows } = await db.query<{ month: string | null }>({
    name: 'api_last_scored_month',
    text: `SELECT to_char(max(month), 'YYYY-MM-DD') AS month FROM seller_scores`,
  });
  return rows[0]?.month ?? null;
}

/** Sellers as they stood in a month (its first day), the best first. */
export async function sellerRanking(
  db: Queryable,
  month: string,
  after: readonly [rank: number, sellerId: string] | null,
  most: number,
): Promise<SellerScoreRow[]> {
  const { rows } = await db.query<SellerScoreRow & Record<string, unknown>>({
    name: 'api_seller_ranking',
    text: `SELECT ${COLUMNS} FROM seller_scores
           WHERE month = $1::date AND ($2::integer IS NULL OR (rank, seller_id) > ($2, $3))
           ORDER BY rank, seller_id LIMIT $4`,
    values: [month, after?.[0] ?? null, after?.[1] ?? null, most],
  });
  return rows;
}

/** The best of a month by what came in it alone; several where they are equal. */
export async function sellersOfTheMonth(db: Queryable, month: string): Promise<SellerScoreRow[]> {
  const { rows } = await db.query<SellerScoreRow & Record<string, unknown>>({
    name: 'api_sellers_of_the_month',
    text: `SELECT ${COLUMNS} FROM seller_scores WHERE month = $1::date AND month_rank = 1 ORDER BY seller_id`,
    values: [month],
  });
  return rows;
}

/** How a seller stood in each month, the latest first. */
export async function sellerHistory(
  db: Queryable,
  sellerId: string,
  most: number,
): Promise<SellerScoreRow[]> {
  const { rows } = await db.query<SellerScoreRow & Record<string, unknown>>({
    name: 'api_seller_history',
    text: `SELECT ${COLUMNS} FROM seller_scores WHERE seller_id = $1 ORDER BY seller_scores.month DESC LIMIT $2`,
    values: [sellerId, most],
  });
  return rows;
}
