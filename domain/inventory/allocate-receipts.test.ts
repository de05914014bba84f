import { expect, it } from 'vitest';
import { allocateReceipts, type OpenReplenishment, type Receipt } from './allocate-receipts.ts';

const OPEN: readonly OpenReplenishment[] = [
  { actionId: 'a1', productId: 'p1', quantity: 10, received: 4 },
  { actionId: 'a2', productId: 'p1', quantity: 5, received: 0 },
  { actionId: 'b1', productId: 'p2', quantity: 5, received: 0 },
];
const came = (quantity: number, more: Partial<Receipt> = {}): Receipt => ({
  productId: 'p1',
  orderId: null,
  quantity,
  at: 1,
  ...more,
});
const received = (...receipts: Receipt[]) =>
  allocateReceipts(receipts, OPEN).map((one) => `${one.actionId} ${one.received}/${one.quantity} ${one.at}`);

it('fills the oldest orders of the product first', () => {
  expect(received(came(3))).toEqual(['a1 7/10 1']);
  expect(received(came(8))).toEqual(['a1 10/10 1', 'a2 2/5 1']);
  expect(received(came(3), came(5, { at: 2 }))).toEqual(['a1 10/10 2', 'a2 2/5 2']);
});

it('fills the order that is named, and no other', () => {
  expect(received(came(3, { orderId: 'a2' }), came(1))).toEqual(['a2 3/5 1', 'a1 5/10 1']);
  expect(received(came(30, { orderId: 'a2' }))).toEqual(['a2 5/5 1']);
  expect(received(came(3, { orderId: 'elsewhere' }))).toEqual([]);
  expect(received(came(3, { orderId: 'b1' }))).toEqual([]);
});

it('leaves over what nobody ordered', () => {
  expect(received(came(99))).toEqual(['a1 10/10 1', 'a2 5/5 1']);
  expect(received(came(1, { productId: 'p3' }))).toEqual([]);
});
