import { expect, it } from 'vitest';
import { DAY } from '../../domain/time/micros.ts';
import { platformCustomers } from './platform-customers.ts';

it('has each order once, in the order of their times, with what became of some of them', () => {
  const from = 20_089 * DAY;
  const orders = platformCustomers({ seed: 'test', from, days: 2 });
  expect(orders.length).toBeGreaterThan(1_000);
  for (const [i, { at, lateAt, refusedAt }] of orders.entries()) {
    expect(at).toBeGreaterThanOrEqual(orders[i - 1]?.at ?? from);
    expect(at).toBeLessThan(from + 2 * DAY);
    if (lateAt !== null) expect(lateAt).toBeGreaterThan(at);
    if (refusedAt !== null) expect(refusedAt).toBeGreaterThanOrEqual(at);
    expect(lateAt !== null && refusedAt !== null).toBe(false);
  }
  expect(orders.some(({ lateAt }) => lateAt !== null)).toBe(true);
  expect(orders.some(({ refusedAt }) => refusedAt !== null)).toBe(true);
  expect(platformCustomers({ seed: 'test', from, days: 2 })).toEqual(orders);
});
