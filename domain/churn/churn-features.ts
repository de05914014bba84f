import type { Micros } from '../time/micros.ts';
import { type BgNbdParameters, silenceProbability } from './bg-nbd.ts';
import { type CustomerHistory, inDays, meanGap } from './customer-history.ts';

export const CHURN_FEATURES = [
  'recency',
  'frequency',
  'tenure',
  'value',
  'recency_per_gap',
  'overdue',
  'silence',
  'late',
  'refusals',
] as const;

export type ChurnFeature = (typeof CHURN_FEATURES)[number];

/** What features are told in comparison to. */
export interface FeatureContext {
  /** Gap of all customers, in days, that a customer's own is drawn to with the weight of one gap. */
  usualGapDays: number;
  /** Stands in for the value of orders that said none. */
  usualValue: number;
  /** Time without an order that is called churn. */
  horizon: Micros;
  bgNbd: BgNbdParameters;
}

/** So many good orders are taken for granted before bad ones are a habit. */
const GOOD_ORDERS = 2;

/** BG/NBD can be certain, which nobody else is. */
const LARGEST_LOGIT = 8;

/**
 * What churn is predicted from, in the order of {@link CHURN_FEATURES}: logarithms of 1 + days since the last order, of the
 * number of orders, of 1 + days since the first, of 1 + mean value, and of the days since the last order over the mean gap;
 * the last again where it is positive, because being overdue is something else than being early; the log-odds of silence by
 * BG/NBD; the shares of orders that came late and that were refused.
 */
export function churnFeatures(history: CustomerHistory, now: Micros, context: FeatureContext): number[] {
  const { usualGapDays, usualValue, horizon, bgNbd } = context;
  const { orders, late, refusals } = history;
  const recency = inDays(now - history.lastAt);
  const gaps = orders - 1;
  const gap = (gaps * inDays(meanGap(history) ?? 0) + usualGapDays) / (gaps + 1);
  const perGap = Math.log((recency + 1) / (gap + 1));
  const silence = silenceProbability(history, now, horizon, bgNbd);
  return [
    Math.log1p(recency),
    Math.log(orders),
    Math.log1p(inDays(now - history.firstAt)),
    Math.log1p(Math.max(0, history.meanValue ?? usualValue)),
    perGap,
    Math.max(0, perGap),
    Math.max(-LARGEST_LOGIT, Math.min(LARGEST_LOGIT, Math.log(silence / (1 - silence)))),
    late / (orders + GOOD_ORDERS),
    refusals / (orders + GOOD_ORDERS),
  ];
}
