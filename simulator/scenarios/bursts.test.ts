import { describe, expect, it } from 'vitest';
import { generate } from '../generate.ts';
import type { Order } from '../lifecycle/order.ts';
import type { Scenario } from '../record.ts';

function ordersOf(scenario: Scenario): Order[] {
  const options = {
    seed: 'bursts',
    run: 'B1',
    start: Date.UTC(2026, 2, 2, 3),
    density: 20,
    locale: 'ko',
    timeZone: 'Asia/Seoul',
  } as const;
  const records = generate({
    ...options,
    scenarios: [scenario],
    events: 4_000,
    background: false,
    daily: false,
  });
  return [...new Set([...records].flatMap((record) => (record.kind === 'event' ? [record.order] : [])))];
}

function grouped(orders: Order[], key: (order: Order) => string): number[][] {
  const groups = new Map<string, number[]>();
  for (const order of orders) groups.set(key(order), [...(groups.get(key(order)) ?? []), order.created]);
  return [...groups.values()].map((times) => times.sort((a, b) => a - b));
}

const most = (times: number[], windowMs: number) =>
  Math.max(...times.map((t) => times.filter((other) => other > t - windowMs && other <= t).length));

describe('burst scenarios', () => {
  it('user-burst: more than 5 orders of a user and product in 10 s, never 4 in a second', () => {
    const groups = grouped(
      ordersOf('user-burst'),
      ({ customer, product }) => `${customer.index}/${product.index}`,
    );
    expect(groups.length).toBeGreaterThan(10);
    // The last one is cut off by the end of the run.
    for (const times of groups.slice(0, -2)) {
      expect(most(times, 10_000)).toBeGreaterThan(5);
      expect(most(times, 1_000)).toBeLessThan(4);
    }
  });

  it('product-burst: at least 4 orders of a product in a second', () => {
    const groups = grouped(ordersOf('product-burst'), ({ product }) => String(product.index));
    expect(groups.length).toBeGreaterThan(10);
    for (const times of groups.slice(0, -2)) expect(most(times, 1_000)).toBeGreaterThanOrEqual(4);
  });

  it('out-of-stock: no burst, more orders than pieces', () => {
    const orders = ordersOf('out-of-stock');
    const groups = grouped(orders, ({ product }) => String(product.index));
    for (const times of groups) expect(most(times, 1_000)).toBeLessThan(4);
    for (const { product, quantity } of orders) {
      expect(quantity).toBe(1);
      expect(product.openingStock).toBeLessThanOrEqual(3);
      expect(product.productId).toMatch(/^P-B1-/);
    }
  });
});
