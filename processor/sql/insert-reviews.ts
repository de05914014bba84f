import type { Review } from '../../domain/reviews/review.ts';
import type { Micros } from '../../domain/time/micros.ts';
import type { Queryable } from '../../platform/database/database.ts';
import { micros } from './micros.ts';

/** What names a review. */
export interface ReviewKey {
  order_id: string;
  occurred_at: Micros;
  content_hash: number;
}

/** Adds the reviews that are not known yet, with the reasons found in them. @returns which were new */
export async function insertReviews(
  db: Queryable,
  reviews: readonly { review: Review; reasons: readonly string[] }[],
): Promise<ReviewKey[]> {
  if (reviews.length === 0) return [];
  const rows = reviews.map(({ review, reasons }) => [
    review.orderId,
    review.occurredAt,
    review.contentHash,
    review.eventId,
    review.score,
    review.title,
    review.comment,
    reasons,
  ]);
  const result = await db.query<ReviewKey & Record<string, unknown>>({
    name: 'insert_reviews',
    text: `INSERT INTO reviews (order_id, occurred_at, content_hash, event_id, score, title, comment, reasons)
           SELECT e->>0, ${micros('e->1')}, (e->2)::bigint, e->>3, (e->4)::smallint, e->>5, e->>6,
                  ARRAY(SELECT jsonb_array_elements_text(e->7))
           FROM jsonb_array_elements($1::jsonb) AS e
           ON CONFLICT DO NOTHING
           RETURNING order_id, occurred_at, content_hash`,
    values: [JSON.stringify(rows)],
  });
  return result.rows;
}
