import { formatIso8601 } from '../../../domain/time/iso8601.ts';
import type { Customer } from './population.ts';

/** A customer as a line of JSON: how often they order, and whether they have turned away. */
export function customerLine(customer: Readonly<Customer>, regions: readonly string[]): string {
  const { customerId, district, ordersPerWeek, level, satisfaction, churnedAt, churnReason } = customer;
  return JSON.stringify({
    customer_id: customerId,
    region: regions[district],
    orders_per_week: round(ordersPerWeek),
    level: round(level),
    satisfaction: round(satisfaction),
    churned_at: churnedAt === null ? null : formatIso8601(churnedAt),
    churn_reason: churnReason,
  });
}

function round(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}
