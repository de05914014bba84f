import type { Micros } from '../time/micros.ts';
import type { ChurnExample, CustomerHistory } from './customer-history.ts';

/** An order of a customer, and what became of it. */
export interface CustomerOrder {
  customerId: string;
  at: Micros;
  /** In the currency of the orders; null: not known. */
  amount: number | null;
  region: string | null;
  /** When it came after the promised time, if it did. */
  lateAt: Micros | null;
  /** When somebody else than the customer canceled it. */
  refusedAt: Micros | null;
}

/**
 * Every customer who had ordered by `asOf` as known then, and whether they ordered in the horizon after it: (asOf, asOf +
 * horizon]. In the order of their ids.
 */
export function churnExamples(
  orders: readonly CustomerOrder[],
  asOf: Micros,
  horizon: Micros,
): ChurnExample[] {
  const customers = new Map<string, { past: CustomerOrder[]; returned: boolean }>();
  for (const order of orders) {
    if (order.at > asOf + horizon) continue;
    const customer = customers.get(order.customerId) ?? { past: [], returned: false };
    if (order.at <= asOf) customer.past.push(order);
    else customer.returned = true;
    customers.set(order.customerId, customer);
  }
  return [...customers]
    .filter(([, { past }]) => past.length > 0)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([, { past, returned }]) => ({ history: historyOf(past, asOf), asOf, churned: !returned }));
}

function historyOf(past: readonly CustomerOrder[], asOf: Micros): CustomerHistory {
  const last = past.reduce((a, b) => (b.at > a.at ? b : a));
  const amounts = past.flatMap(({ amount }) => amount ?? []);
  const by = (at: Micros | null) => at !== null && at <= asOf;
  return {
    customerId: last.customerId,
    region: last.region,
    orders: past.length,
    firstAt: past.reduce((at, one) => Math.min(at, one.at), last.at),
    lastAt: last.at,
    meanValue:
      amounts.length === 0 ? null : amounts.reduce((sum, amount) => sum + amount, 0) / amounts.length,
    late: past.filter(({ lateAt }) => by(lateAt)).length,
    refusals: past.filter(({ refusedAt }) => by(refusedAt)).length,
  };
}
