import { expect, it } from 'vitest';
import type { FollowedOrder, MilestoneKind } from '../delivery/milestone.ts';
import { saleOf } from './sales.ts';

const LINE = {
  ...{ productId: 'p1', sellerId: 's1', quantity: 2, price: null, freight: null, handOverBy: null },
  ...{ category: null, weightG: null, volumeCm3: null },
};
const NOWHERE = { zip: null, city: null, state: null, latitude: null, longitude: null };

const order = (times: Partial<FollowedOrder>): FollowedOrder => ({
  ...{ orderId: 'o1', sellerId: 's1', lines: [LINE], amount: null, region: null, from: NOWHERE, to: NOWHERE },
  ...{ promisedAt: null, createdAt: null, approvedAt: null, handedOverAt: null, deliveredAt: null },
  canceledAt: null,
  ...times,
});
const kindOf = (kind: MilestoneKind, at: number, times: Partial<FollowedOrder>) => {
  const sale = saleOf({ kind, at, order: order(times), score: null });
  return sale === null ? 'nothing' : sale.givesBack ? 'gives back' : 'sale';
};

it('is a sale when it is approved, and not again later', () => {
  expect(kindOf('CREATED', 1, { createdAt: 1 })).toBe('nothing');
  expect(kindOf('APPROVED', 2, { approvedAt: 2 })).toBe('sale');
  expect(kindOf('HANDED_OVER', 3, { approvedAt: 2, handedOverAt: 3 })).toBe('nothing');
  expect(kindOf('DELIVERED', 4, { approvedAt: 2, handedOverAt: 3, deliveredAt: 4 })).toBe('nothing');
});

it('is a sale once, when approval and hand-over are of one moment or the wrong way round', () => {
  expect(kindOf('APPROVED', 3, { approvedAt: 3, handedOverAt: 3 })).toBe('sale');
  expect(kindOf('HANDED_OVER', 3, { approvedAt: 3, handedOverAt: 3 })).toBe('nothing');
  expect(kindOf('HANDED_OVER', 3, { handedOverAt: 3 })).toBe('sale');
  expect(kindOf('APPROVED', 5, { approvedAt: 5, handedOverAt: 3 })).toBe('nothing');
});

it('is a sale at delivery when nothing else was said', () => {
  expect(kindOf('DELIVERED', 4, { deliveredAt: 4 })).toBe('sale');
  expect(kindOf('DELIVERED', 4, { handedOverAt: 3, deliveredAt: 4 })).toBe('nothing');
});

it('is given back when it is canceled before it left', () => {
  expect(kindOf('CANCELED', 3, { approvedAt: 2 })).toBe('gives back');
  expect(kindOf('CANCELED', 3, {})).toBe('nothing');
  expect(kindOf('CANCELED', 4, { approvedAt: 2, handedOverAt: 3 })).toBe('nothing');
});

it('is no sale when it was canceled before', () => {
  expect(kindOf('APPROVED', 3, { approvedAt: 3, canceledAt: 2 })).toBe('nothing');
  expect(kindOf('HANDED_OVER', 3, { handedOverAt: 3, canceledAt: 2 })).toBe('nothing');
  expect(kindOf('DELIVERED', 3, { deliveredAt: 3, canceledAt: 2 })).toBe('nothing');
});

it('is a sale and given back when it is canceled at the moment of its approval', () => {
  expect(kindOf('APPROVED', 3, { approvedAt: 3, canceledAt: 3 })).toBe('sale');
  expect(kindOf('CANCELED', 3, { approvedAt: 3, canceledAt: 3 })).toBe('gives back');
});

it('is nothing without a product', () => {
  expect(
    saleOf({ kind: 'APPROVED', at: 2, order: order({ approvedAt: 2, lines: [] }), score: null }),
  ).toBeNull();
});
