import { z } from 'zod';
import { iso, isoOrNull, share, time } from './answers.ts';
import type { AtRiskOrder } from './sql/at-risk-orders.ts';

/** An order on its way, with what is predicted of it. */
export const atRiskAnswer = z.object({
  order_id: z.string(),
  waits_for: z.enum(['HAND_OVER', 'DELIVERY']),
  waiting_since: time,
  limit_passed: z.boolean().describe('It has waited longer than such orders do.'),
  limit_at: time.nullable().describe('The limit that was passed at the latest assessment.'),
  moment: z
    .enum(['APPROVAL', 'HAND_OVER', 'PREPARATION', 'TRANSIT'])
    .describe('Of the latest assessment: at a milestone, or when a limit was passed.'),
  assessed_at: time.describe('Event time.'),
  probability: share.describe('That it arrives after promised_at, as known at assessed_at.'),
  promised_at: time.nullable(),
  expected_at: time,
  earliest_at: time.describe('10 % of such orders arrive before.'),
  latest_at: time.describe('90 % of such orders arrive before.'),
  seller_id: z.string().nullable(),
  product_id: z.string().nullable(),
  region: z.string().nullable(),
  grade: z.enum(['A', 'B', 'C']).nullable().describe('Of the product, by revenue and orders.'),
  reasons: z
    .array(z.object({ feature: z.string(), effect: z.number() }))
    .describe('What raises or lowers the probability, the strongest first.'),
});

export function atRiskJson(row: AtRiskOrder): z.input<typeof atRiskAnswer> {
  return {
    order_id: row.order_id,
    waits_for: row.waits,
    waiting_since: iso(row.since),
    limit_passed: row.limit_passed,
    limit_at: isoOrNull(row.limit_at),
    moment: row.moment,
    assessed_at: iso(row.assessed_at),
    probability: row.probability,
    promised_at: isoOrNull(row.promised_at),
    expected_at: iso(row.expected_at),
    earliest_at: iso(row.earliest_at),
    latest_at: iso(row.latest_at),
    seller_id: row.seller_id,
    product_id: row.product_id,
    region: row.region,
    grade: row.grade,
    reasons: row.reasons.map(({ feature, effect }) => ({ feature, effect })),
  };
}
