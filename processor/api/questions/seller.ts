import { z } from 'zod';
import { PreparationHistogram } from '../../../domain/delivery/sellers/preparation-histogram.ts';
import { count, duration, hours, hoursOrNull, isoOrNull, share, time } from '../answers.ts';
import { atRiskAnswer, atRiskJson } from '../at-risk-answer.ts';
import { Problem } from '../problem.ts';
import { question } from '../question.ts';
import { id, wholeNumber } from '../request/parameters.ts';
import { scoreJson, scoreMembers } from '../seller-score-answer.ts';
import { atRiskOrders } from '../sql/at-risk-orders.ts';
import { sellerHistory } from '../sql/seller-scores.ts';
import { type SellerStatsRow, sellerStats } from '../sql/seller-stats.ts';

const MOST_AT_RISK = 20;

export const seller = question({
  name: 'Seller',
  path: '/api/v1/sellers/{seller_id}',
  summary: 'One seller: how its preparation times spread, its rank in each month, breaches, orders at risk',
  description:
    'Of all that has been followed so far. An order of several sellers counts for each of them; orders at risk are those of which it is the first.',
  place: z.strictObject({ seller_id: id }),
  query: z.strictObject({
    months: wholeNumber(1, 120).default(24).describe('Longest history, in months.'),
  }),
  answer: z.object({
    seller_id: z.string(),
    name: z.string().nullable(),
    city: z.string().nullable(),
    state: z.string().nullable(),
    orders: count,
    revenue: z.number().describe('Pieces times price of approved orders, in their currency.'),
    preparation: z.object({
      orders: count.describe('Handed over after they were approved.'),
      mean_hours: duration.nullable(),
      sd_hours: duration.nullable().describe('Of the sample; null below two.'),
      p50_hours: duration.nullable().describe('Percentiles are at most 2.5 % off.'),
      p90_hours: duration.nullable(),
      p95_hours: duration.nullable(),
    }),
    promised_deliveries: count,
    late_deliveries: count,
    late_rate: share.nullable(),
    reviews: count,
    mean_review_score: z.number().min(1).max(5).nullable(),
    sla_breaches: count.describe('Since the beginning; those of each month are in months.'),
    restock_warned_at: time.nullable().describe('Event time of the last restock warning.'),
    restock_warning_open: z.boolean(),
    updated_at: time.nullable().describe('Event time of the last change.'),
    months: z.array(z.object({ month: z.string(), ...scoreMembers })).describe('The latest first.'),
    orders_at_risk: z
      .array(atRiskAnswer)
      .describe(`The ${MOST_AT_RISK} most probably late; all of them: /api/v1/orders/at-risk?seller_id=...`),
  }),
  notFound: 'Nobody has heard of this seller.',
  async ask({ db }, { seller_id: sellerId, months }) {
    const stats = await sellerStats(db, sellerId);
    if (stats === null)
      throw new Problem(
        404,
        'No such seller',
        `No order of seller ${sellerId} has been followed, and it is not in the table sellers.`,
      );
    const history = await sellerHistory(db, sellerId, months);
    const risky = await atRiskOrders(db, {
      minProbability: 0,
      region: null,
      sellerId,
      after: null,
      most: MOST_AT_RISK,
    });
    return {
      seller_id: sellerId,
      name: stats.name,
      city: stats.city,
      state: stats.state,
      orders: stats.orders,
      revenue: stats.revenue,
      preparation: preparationOf(stats),
      promised_deliveries: stats.deliveries,
      late_deliveries: stats.late,
      late_rate: stats.deliveries === 0 ? null : stats.late / stats.deliveries,
      reviews: stats.reviews,
      mean_review_score: stats.reviews === 0 ? null : stats.review_sum / stats.reviews,
      sla_breaches: stats.sla_breaches,
      restock_warned_at: isoOrNull(stats.warned_at),
      restock_warning_open: stats.warning_open,
      updated_at: isoOrNull(stats.updated_at),
      months: history.map((row) => ({ month: row.month.slice(0, 7), ...scoreJson(row) })),
      orders_at_risk: risky.map(atRiskJson),
    };
  },
});

function preparationOf(stats: SellerStatsRow) {
  const { preparations } = stats;
  const histogram = new PreparationHistogram(stats.preparation_bins);
  return {
    orders: preparations,
    mean_hours: preparations === 0 ? null : hours(stats.preparation_mean),
    sd_hours: preparations < 2 ? null : hours(Math.sqrt(stats.preparation_m2 / (preparations - 1))),
    p50_hours: hoursOrNull(histogram.quantile(0.5)),
    p90_hours: hoursOrNull(histogram.quantile(0.9)),
    p95_hours: hoursOrNull(histogram.quantile(0.95)),
  };
}
