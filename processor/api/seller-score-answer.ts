import { z } from 'zod';
import { count, iso, share, time } from './answers.ts';
import type { SellerScoreRow } from './sql/seller-scores.ts';

/** How a seller stands in a month. */
export const scoreMembers = {
  rank: z.int().min(1).describe('By score; 1 is the best. Equal scores share one.'),
  score: share.describe('Weighted mean of the three parts, of all that was known by then.'),
  speed: share.describe('From approval to hand-over.'),
  reliability: share.describe('Against the promised dates.'),
  satisfaction: share.describe('Mean review.'),
  orders: count.describe('Approved, since the beginning.'),
  month_orders: count.describe('Approved in this month.'),
  month_score: share.nullable().describe('By what came in this month alone; null: nothing came.'),
  month_rank: z
    .int()
    .min(1)
    .nullable()
    .describe('By month_score among those with enough orders in this month; 1: seller of the month.'),
  sla_breaches: count.describe('In this month: hand-overs later than promised or agreed.'),
  as_of: time.describe('Event time: the end of a day (UTC), of the month when it is over.'),
};

export function scoreJson(row: SellerScoreRow) {
  return {
    rank: row.rank,
    score: row.score,
    speed: row.speed,
    reliability: row.reliability,
    satisfaction: row.satisfaction,
    orders: row.orders,
    month_orders: row.month_orders,
    month_score: row.month_score,
    month_rank: row.month_rank,
    sla_breaches: row.sla_breaches,
    as_of: iso(row.as_of),
  };
}
