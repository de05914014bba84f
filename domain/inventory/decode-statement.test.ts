import { expect, it } from 'vitest';
import { Rejection } from '../records/rejection.ts';
import { decodeStatement } from './decode-statement.ts';

const NOW = Date.parse('2026-03-02T00:00:00Z') * 1000;
const RECEIVED = {
  product_id: 'p1',
  event_type: 'RECEIVED',
  quantity: 12,
  occurred_at: '2026-03-01T09:00:00+09:00',
};

function rejection(members: Record<string, unknown>): string {
  try {
    decodeStatement(members, NOW);
  } catch (error) {
    if (error instanceof Rejection) return `${error.type} ${error.message}`;
  }
  return 'accepted';
}

it('reads a statement, with what it leaves out as null', () => {
  expect(decodeStatement({ ...RECEIVED, event_id: 'e1', note: 'means nothing' }, NOW)).toEqual({
    productId: 'p1',
    eventId: 'e1',
    type: 'RECEIVED',
    quantity: 12,
    at: Date.parse('2026-03-01T00:00:00Z') * 1000,
    source: null,
    orderId: null,
    sellerId: null,
    warehouseId: null,
    unitCost: null,
  });
  const more = { seller_id: 's1', warehouse_id: 'w1', order_id: 'o1', source: 'wms', unit_cost: 2.5 };
  expect(decodeStatement({ ...RECEIVED, ...more }, NOW)).toMatchObject({
    sellerId: 's1',
    warehouseId: 'w1',
    orderId: 'o1',
    source: 'wms',
    unitCost: 2.5,
  });
});

it('names a statement without an id by what it says, in whatever form', () => {
  const id = (members: Record<string, unknown>) => decodeStatement({ ...RECEIVED, ...members }, NOW).eventId;
  expect(id({ occurred_at: '2026-03-01T00:00:00Z', source: '' })).toBe(id({}));
  expect(id({ quantity: 13 })).not.toBe(id({}));
  expect(id({ warehouse_id: 'w1' })).not.toBe(id({ source: 'w1' }));
});

it.each([
  [{ product_id: '' }, 'SCHEMA_MISSING product_id'],
  [{ event_type: null }, 'SCHEMA_MISSING event_type'],
  [{ quantity: undefined }, 'SCHEMA_MISSING quantity'],
  [{ occurred_at: undefined }, 'SCHEMA_MISSING occurred_at'],
  [{ event_type: 'received' }, 'SCHEMA_INVALID event_type must be one of RECEIVED'],
  [{ quantity: 0 }, 'SCHEMA_INVALID quantity'],
  [{ quantity: -3 }, 'SCHEMA_INVALID quantity'],
  [{ unit_cost: -1 }, 'SCHEMA_INVALID unit_cost'],
  [{ occurred_at: '1999-12-31T23:59:59Z' }, 'SCHEMA_INVALID occurred_at'],
  [{ event_id: 'holdfast/opening' }, 'SCHEMA_INVALID event_id must not begin with holdfast/'],
])('rejects %j', (wrong, reason) => {
  expect(rejection({ ...RECEIVED, ...wrong })).toContain(reason);
});
