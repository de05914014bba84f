import type { Milestone } from '../../domain/delivery/milestone.ts';
import type { CustomerMilestone } from './sql/insert-customer-facts.ts';

/** What a milestone says of the customer; null: nothing. */
export function customerMilestone({ kind, at, order }: Milestone): CustomerMilestone | null {
  const { orderId, amount, region, promisedAt } = order;
  const fact = { orderId, at, amount, region };
  if (kind === 'CREATED') return { ...fact, kind: 'ORDERED' };
  if (kind === 'CANCELED') return { ...fact, kind: 'CANCELED' };
  return kind === 'DELIVERED' && promisedAt !== null && at > promisedAt ? { ...fact, kind: 'LATE' } : null;
}
