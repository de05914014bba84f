import type { Micros } from '../time/micros.ts';
import { type CustomerHistory, meanGap } from './customer-history.ts';

export const SEGMENTS = ['NEW', 'REGULAR', 'FALLING', 'LOST'] as const;

export type Segment = (typeof SEGMENTS)[number];

/** A mean gap of fewer orders is a matter of chance. */
const ENOUGH_ORDERS = 3;
const FALLING_AFTER_GAPS = 1.5;
const LOST_AFTER_GAPS = 6;

/**
 * - `NEW`: fewer than three orders.
 * - `FALLING`: silent for longer than 1.5 of the customer's mean gaps.
 * - `LOST`: for longer than six, and the horizon.
 * - `REGULAR`: the others.
 *
 * @param horizon time without an order that is called churn
 */
export function segmentOf(history: CustomerHistory, now: Micros, horizon: Micros): Segment {
  const gap = meanGap(history);
  if (gap === null || history.orders < ENOUGH_ORDERS) return 'NEW';
  const silent = now - history.lastAt;
  if (silent > LOST_AFTER_GAPS * gap && silent > horizon) return 'LOST';
  return silent > FALLING_AFTER_GAPS * gap ? 'FALLING' : 'REGULAR';
}
