import { formatIso8601 } from '../../../domain/time/iso8601.ts';
import type { Micros } from '../../../domain/time/micros.ts';
import type { Customer } from './population.ts';

/** A customer as a line of JSON: how often they order, whether they have turned away, what a promotion did. */
export function customerLine(customer: Readonly<Customer>, regions: readonly string[]): string {
  const { customerId, district, ordersPerWeek, level, satisfaction, churnedAt, churnReason } = customer;
  const { promotedAt, wonBack } = customer;
  return JSON.stringify({
    customer_id: customerId,
    region: regions[district],
    orders_per_week: round(ordersPerWeek),
    level: round(level),
    satisfaction: round(satisfaction),
    churned_at: timeOf(churnedAt),
    churn_reason: churnReason,
    promoted_at: timeOf(promotedAt),
    won_back: wonBack && {
      at: timeOf(wonBack.at),
      churned_at: timeOf(wonBack.churnedAt),
      churn_reason: wonBack.churnReason,
    },
  });
}

function timeOf(at: Micros | null): string | null {
  return at === null ? null : formatIso8601(at);
}

function round(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}
