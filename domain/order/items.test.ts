import { describe, expect, it } from 'vitest';
import { readItems } from './items.ts';

const LINE = { product_id: 'p1' };

describe('readItems', () => {
  it('reads a line', () => {
    const line = {
      ...LINE,
      seller_id: 's1',
      quantity: 2,
      price: 19.9,
      freight: 3,
      hand_over_by: '2026-03-01T09:00:00+09:00',
    };
    expect(readItems({ items: [line] })).toEqual([
      {
        productId: 'p1',
        sellerId: 's1',
        quantity: 2,
        price: 19.9,
        freight: 3,
        handOverBy: 1_772_323_200_000_000,
      },
    ]);
  });

  it('takes one piece where a line does not say, and leaves the rest open', () => {
    expect(readItems({ items: [LINE] })).toEqual([
      { productId: 'p1', sellerId: null, quantity: 1, price: null, freight: null, handOverBy: null },
    ]);
  });

  it.each([[undefined], [null], [''], [[]]])('takes %j for no lines', (items) => {
    expect(readItems({ items })).toBeNull();
  });

  it.each([
    ['p1', 'items must be an array of objects'],
    [[LINE, 'p2'], 'items[1]: must be an object'],
    [[LINE, { ...LINE, product_id: null }], 'items[1]: product_id is missing'],
    [[{ ...LINE, price: '9.90' }], 'items[0]: price must be a number, not a string'],
    [[{ ...LINE, quantity: 0 }], 'items[0]: quantity must be a whole number of at least 1, not the number 0'],
    [
      [{ ...LINE, hand_over_by: '2200-01-01T00:00:00Z' }],
      'items[0]: hand_over_by 2200-01-01T00:00:00.000000Z is not between 2000 and 2200',
    ],
    [Array.from({ length: 501 }, () => LINE), 'items has 501 lines, at most 500 are allowed'],
  ])('refuses %j', (items, reason) => {
    expect(() => readItems({ items })).toThrow(
      expect.objectContaining({ type: 'SCHEMA_INVALID', message: reason }),
    );
  });
});
