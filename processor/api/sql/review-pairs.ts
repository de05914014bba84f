import type { Micros } from '../../../domain/time/micros.ts';
import type { Queryable } from '../../../platform/database/database.ts';
import { micros } from '../../sql/micros.ts';

export interface ReviewPairsQuery {
  /** Answered after `from`, up to `to`. */
  from: Micros;
  to: Micros;
  region: string | null;
  sellerId: string | null;
  category: string | null;
  most: number;
}

/** Seconds; null where a time is unknown. */
export interface ReviewPair {
  score: number;
  total: number | null;
  preparation: number | null;
  transit: number | null;
  promise_error: number | null;
}

/** The last review of each delivered order, with how long its order took. */
export async function reviewPairs(db: Queryable, query: ReviewPairsQuery): Promise<ReviewPair[]> {
  const { rows } = await db.query<ReviewPair & Record<string, unknown>>({
    name: 'api_review_pairs',
    text: `WITH answered AS (
             SELECT DISTINCT ON (order_id) order_id, score FROM reviews_masked
             WHERE occurred_at > ${micros('$1')} AND occurred_at <= ${micros('$2')}
             ORDER BY order_id, occurred_at DESC, score
           )
           SELECT a.score, date_part('epoch', o.delivered_at - o.created_at) AS total,
                  date_part('epoch', o.handed_over_at - o.approved_at) AS preparation,
                  date_part('epoch', o.delivered_at - o.handed_over_at) AS transit,
                  date_part('epoch', o.delivered_at - o.promised_at) AS promise_error
           FROM answered a JOIN delivery_outcomes o USING (order_id)
           WHERE ($3::text IS NULL OR o.region = $3) AND ($4::text IS NULL OR o.seller_id = $4)
             AND ($5::text IS NULL OR o.category = $5)
           LIMIT $6`,
    values: [query.from, query.to, query.region, query.sellerId, query.category, query.most],
  });
  return rows;
}
