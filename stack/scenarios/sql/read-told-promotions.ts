import type { Pool } from 'pg';
import type { ToldPromotion } from '../churn-story.ts';

export async function readToldPromotions(pool: Pool): Promise<ToldPromotion[]> {
  const { rows } = await pool.query<ToldPromotion>(
    `SELECT promotion_id AS "promotionId", at, ends_at AS "endsAt", probability, status = 'OVER' AS "isOver", treated,
            held_out AS "heldOut", treated_reordered AS "treatedReordered", held_out_reordered AS "heldOutReordered",
            (SELECT count(*) FROM promotion_customers c JOIN actions a USING (action_id)
             WHERE c.promotion_id = promotions.promotion_id AND a.status = 'DONE')::integer AS "carriedOut"
     FROM promotions ORDER BY at`,
  );
  return rows;
}
