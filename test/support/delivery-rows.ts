import { formatIso8601 } from '../../domain/time/iso8601.ts';
import { DAY, HOUR, type Micros } from '../../domain/time/micros.ts';

/** Event time of the tests of the API. */
export const NOW: Micros = Date.UTC(2026, 2, 1, 12) * 1000;

export const iso = (at: Micros): string => formatIso8601(at);

export interface Outcome {
  order_id: string;
  seller_id: string | null;
  region: string | null;
  createdAt: Micros;
  approvedAt: Micros | null;
  handedOverAt: Micros | null;
  deliveredAt: Micros;
  promisedAt: Micros | null;
}

/** A delivered order: 2 h to its approval, 1 day to its hand-over, 3 days to its delivery, promised for a day later. */
export function outcome(orderId: string, deliveredAt: Micros, more: Partial<Outcome> = {}): Outcome {
  return {
    order_id: orderId,
    seller_id: 'S-1',
    region: 'SP',
    createdAt: deliveredAt - 4 * DAY - 2 * HOUR,
    approvedAt: deliveredAt - 4 * DAY,
    handedOverAt: deliveredAt - 3 * DAY,
    deliveredAt,
    promisedAt: deliveredAt + DAY,
    ...more,
  };
}

export function outcomeRow(one: Outcome): Record<string, unknown> {
  const { createdAt, approvedAt, handedOverAt, deliveredAt, promisedAt, ...rest } = one;
  const time = (at: Micros | null) => (at === null ? null : iso(at));
  return {
    ...rest,
    created_at: time(createdAt),
    approved_at: time(approvedAt),
    handed_over_at: time(handedOverAt),
    delivered_at: time(deliveredAt),
    promised_at: time(promisedAt),
  };
}

/** An order that waits for its delivery, and what is predicted of it. */
export function watchRow(orderId: string, more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    order_id: orderId,
    waits: 'DELIVERY',
    since: iso(NOW - 2 * DAY),
    due_at: iso(NOW + DAY),
    passed: false,
    seller_id: 'S-1',
    region: 'SP',
    state: {},
    ...more,
  };
}

export function riskRow(
  orderId: string,
  assessedAt: Micros,
  probability: number,
  more: Record<string, unknown> = {},
): Record<string, unknown> {
  return {
    order_id: orderId,
    moment: 'HAND_OVER',
    assessed_at: iso(assessedAt),
    probability,
    expected_at: iso(NOW + 5 * DAY),
    earliest_at: iso(NOW + 3 * DAY),
    latest_at: iso(NOW + 9 * DAY),
    promised_at: iso(NOW + 4 * DAY),
    seller_id: 'S-1',
    product_id: 'P-1',
    region: 'SP',
    grade: 'A',
    reasons: [{ feature: 'distance', effect: 0.4 }],
    ...more,
  };
}

export function statsRow(
  sellerId: string,
  preparations: number,
  meanHours: number,
  more: Record<string, unknown> = {},
): Record<string, unknown> {
  return {
    seller_id: sellerId,
    orders: preparations,
    revenue: 100,
    preparations,
    preparation_mean: meanHours * 3600,
    preparation_m2: 0,
    deliveries: 0,
    late: 0,
    reviews: 0,
    review_sum: 0,
    speed_sum: 0,
    sla_breaches: 0,
    preparation_bins: [],
    month: '2026-03-01',
    month_sums: {},
    warning_open: false,
    updated_at: iso(NOW),
    ...more,
  };
}

export function scoreRow(
  month: string,
  sellerId: string,
  rank: number,
  more: Record<string, unknown> = {},
): Record<string, unknown> {
  return {
    month,
    seller_id: sellerId,
    rank,
    score: 1 / (1 + rank),
    speed: 0.5,
    reliability: 0.9,
    satisfaction: 0.8,
    orders: 100,
    sla_breaches: 2,
    month_orders: 10,
    month_score: 0.7,
    month_rank: null,
    as_of: iso(NOW),
    ...more,
  };
}
