import { expect, it } from 'vitest';
import { decideStock, type StockOrder } from './decide.ts';

it('serves the oldest demand of a batch first, by order_id among equals', () => {
  const due = (orderId: string, dueAt: number): StockOrder => ({
    orderId,
    demand: { lines: [{ productId: 'p1', quantity: 1 }], dueAt },
    shippedAt: null,
    canceledAt: null,
    held: false,
    turnedAt: null,
    again: false,
    reservation: null,
  });
  const orders = [due('c', 2), due('b', 1), due('a', 2), due('d', 3)];
  const { reservations, shortages } = decideStock(orders, new Map([['p1', { current: 2, reserved: 0 }]]));
  expect(reservations.map((one) => [one.orderId, one.outcome])).toEqual([
    ['b', 'ENOUGH'],
    ['a', 'ENOUGH'],
    ['c', 'SHORT'],
    ['d', 'SHORT'],
  ]);
  expect(shortages.map((one) => one.orderId)).toEqual(['c', 'd']);
});
