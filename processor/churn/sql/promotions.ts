import type { ArmedCustomer, PromotedCustomer, PromotionResult } from '../../../domain/churn/promotion.ts';
import type { Micros } from '../../../domain/time/micros.ts';
import type { Queryable } from '../../../platform/database/database.ts';
import { micros } from '../../sql/micros.ts';

export interface NewPromotion {
  promotionId: string;
  at: Micros;
  endsAt: Micros;
  probability: number;
  holdout: number;
}

/** Falling customers as of a moment who are likely to stay away and in no promotion that still runs; most probable first. */
export async function findPromotable(
  db: Queryable,
  { asOf, probability, most }: { asOf: Micros; probability: number; most: number },
): Promise<PromotedCustomer[]> {
  const { rows } = await db.query<{ customer_id: string; region: string | null; probability: number }>({
    name: 'find_promotable',
    text: `SELECT c.customer_id, c.region, c.probability FROM customer_churn c
           WHERE c.as_of = ${micros('$1::text')} AND c.segment = 'FALLING' AND c.probability >= $2
             AND NOT EXISTS (SELECT FROM promotion_customers p JOIN promotions o USING (promotion_id)
                             WHERE p.customer_id = c.customer_id AND o.ends_at > ${micros('$1::text')})
           ORDER BY c.probability DESC, c.customer_id LIMIT $3`,
    values: [asOf, probability, most],
  });
  return rows.map((row) => ({
    customerId: row.customer_id,
    region: row.region,
    probability: row.probability,
  }));
}

export async function insertPromotion(
  db: Queryable,
  { promotionId, at, endsAt, probability, holdout }: NewPromotion,
  customers: readonly ArmedCustomer[],
): Promise<void> {
  const treated = customers.filter(({ arm }) => arm === 'TREATED').length;
  await db.query({
    name: 'insert_promotion',
    text: `WITH made AS (
             INSERT INTO promotions (promotion_id, at, ends_at, probability, holdout_share, treated, held_out, status)
             VALUES ($1, ${micros('$2::text')}, ${micros('$3::text')}, $4, $5, $6, $7, 'RUNNING')
           )
           INSERT INTO promotion_customers (promotion_id, customer_id, arm, probability, action_id)
           SELECT $1, e->>0, e->>1, (e->>2)::float8, e->>3 FROM jsonb_array_elements($8::jsonb) AS e`,
    values: [
      ...[promotionId, at, endsAt, probability, holdout, treated, customers.length - treated],
      JSON.stringify(customers.map((c) => [c.customerId, c.arm, c.probability, c.actionId])),
    ],
  });
}

/** Marks customers of running promotions who have ordered since, up to `now` and the end, and counts them. */
export async function trackPromotions(db: Queryable, now: Micros): Promise<void> {
  await db.query({
    name: 'track_promotions',
    text: `WITH returned AS (
             SELECT p.promotion_id, p.customer_id, first.at
             FROM promotions o
             JOIN promotion_customers p USING (promotion_id)
             CROSS JOIN LATERAL (
               SELECT min(f.at) AS at FROM customer_facts f
               WHERE f.bucket = customer_bucket(p.customer_id) AND f.customer_id = p.customer_id AND f.kind = 'ORDERED'
                 AND f.at > o.at AND f.at <= least(o.ends_at, ${micros('$1::text')})
             ) AS first
             WHERE o.status = 'RUNNING' AND p.reordered_at IS NULL AND first.at IS NOT NULL
           ),
           marked AS (
             UPDATE promotion_customers p SET reordered_at = r.at FROM returned r
             WHERE p.promotion_id = r.promotion_id AND p.customer_id = r.customer_id
             RETURNING p.promotion_id, p.arm
           ),
           counted AS (
             SELECT promotion_id, count(*) FILTER (WHERE arm = 'TREATED') AS treated,
                    count(*) FILTER (WHERE arm = 'HELD_OUT') AS held_out
             FROM marked GROUP BY 1
           )
           UPDATE promotions o SET treated_reordered = o.treated_reordered + c.treated,
                                   held_out_reordered = o.held_out_reordered + c.held_out
           FROM counted c WHERE o.promotion_id = c.promotion_id`,
    values: [now],
  });
}

export interface PromotionCounts {
  promotionId: string;
  endsAt: Micros;
  treated: number;
  treatedReordered: number;
  heldOut: number;
  heldOutReordered: number;
}

export async function runningPromotions(db: Queryable): Promise<PromotionCounts[]> {
  const { rows } = await db.query<PromotionCounts & Record<string, unknown>>({
    name: 'running_promotions',
    text: `SELECT promotion_id AS "promotionId", ends_at AS "endsAt", treated, treated_reordered AS "treatedReordered",
                  held_out AS "heldOut", held_out_reordered AS "heldOutReordered"
           FROM promotions WHERE status = 'RUNNING' ORDER BY promotion_id`,
  });
  return rows;
}

/** @param over whether its time is over */
export async function writePromotionResult(
  db: Queryable,
  promotionId: string,
  result: PromotionResult,
  over: boolean,
): Promise<void> {
  await db.query({
    name: 'write_promotion_result',
    text: `UPDATE promotions SET result = $2, status = CASE WHEN $3 THEN 'OVER' ELSE status END WHERE promotion_id = $1`,
    values: [promotionId, JSON.stringify(result), over],
  });
}
