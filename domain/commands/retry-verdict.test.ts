import { expect, it } from 'vitest';
import { DEFAULT_THRESHOLDS } from '../holds/thresholds.ts';
import { withoutFields } from '../order/event.ts';
import { STATUSES } from '../order/status.ts';
import {
  verdictOnBurst,
  verdictOnExternal,
  verdictOnLife,
  verdictOnStock,
  verdictOnValidity,
} from './retry-verdict.ts';

it('has nothing left to hold of an order that has left or is canceled', () => {
  const over = STATUSES.filter((status) => verdictOnLife({ status }) !== null);
  expect(over).toEqual(['SHIPPED', 'DELIVERED', 'CANCELED']);
  expect(verdictOnLife({ status: null })).toBeNull();
  expect(verdictOnLife({ status: 'SHIPPED' })).toMatchObject({ outcome: 'succeeded', code: 'ORDER_OVER' });
});

it('goes by what the order says now', () => {
  const fields = { ...withoutFields(), userId: 'u1', shippingAddress: '12 Long Street' };
  expect(verdictOnValidity({ fields })).toMatchObject({ outcome: 'succeeded', code: 'VALID' });
  expect(verdictOnValidity({ fields: { ...fields, userId: null } })).toEqual({
    outcome: 'failed',
    code: 'INVALID',
    reason: 'user_id is missing',
    details: { problems: ['user_id is missing'] },
  });
});

it.each([
  [5, 5, 'succeeded'],
  [4, 5, 'failed'],
  [0, 1, 'failed'],
])('of %d pieces for %d it says both', (available, quantity, outcome) => {
  expect(verdictOnStock([{ productId: 'p1', available, quantity }])).toEqual({
    outcome,
    code: outcome === 'succeeded' ? 'STOCK_ENOUGH' : 'STOCK_SHORT',
    reason: `available ${available}, ordered ${quantity}`,
    details: { available, quantity },
  });
});

it('looks at every line of an order, and names the scarcest', () => {
  const plenty = { productId: 'p1', available: 9, quantity: 2 };
  const scarce = { productId: 'p2', available: 1, quantity: 4 };
  expect(verdictOnStock([plenty, scarce])).toMatchObject({
    outcome: 'failed',
    reason: 'p1: available 9, ordered 2; p2: available 1, ordered 4',
    details: { product_id: 'p2', available: 1, quantity: 4 },
  });
  expect(verdictOnStock([plenty, { ...scarce, available: 4 }])).toMatchObject({ outcome: 'succeeded' });
});

it('counts the orders of a burst that is one still, and names nobody', () => {
  const burst = {
    orderId: 'o1',
    reason: 'FUL-FRAUD-USER',
    openedAt: 5,
    triggerOrderId: 'o6',
    productId: 'p1',
    userId: 'secret',
    count: 6,
  } as const;
  const verdict = verdictOnBurst('FUL-FRAUD-USER', burst, DEFAULT_THRESHOLDS);
  expect(verdict).toMatchObject({
    outcome: 'failed',
    reason: 'still a burst: 6 orders of one user and product within 10 s',
  });
  expect(JSON.stringify(verdict)).not.toContain('secret');
  expect(verdictOnBurst('FUL-FRAUD-PROD', undefined, DEFAULT_THRESHOLDS).outcome).toBe('succeeded');
});

it('leaves an outside system’s hold to that', () => {
  expect(verdictOnExternal({ reason_code: 'RECALL' }).reason).toBe('held by another system: RECALL');
  expect(verdictOnExternal({}).reason).toBe('held by another system: it gave no reason');
});
