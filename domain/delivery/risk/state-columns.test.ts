import { describe, expect, test } from 'vitest';
import { customerColumn, MOST_STATES, sellerColumn, stateColumns } from './state-columns.ts';

const from = (sellerState: string | null) => ({ customerState: null, sellerState });
const to = (customerState: string | null) => ({ customerState, sellerState: null });

describe('stateColumns', () => {
  test('a column for each state of either side, in the order of their appearance, while they are few', () => {
    const columns = stateColumns(
      [{ customerState: 'SP', sellerState: 'RJ' }, to('BA'), from('SP'), to('SP')],
      4,
    );
    expect(columns).toEqual({ 'to SP': 4, 'from RJ': 5, 'to BA': 6, 'from SP': 7 });
    expect(customerColumn(columns, to('BA'))).toBe(6);
    expect(sellerColumn(columns, from('SP'))).toBe(7);
    expect(customerColumn(columns, to('AM'))).toBeUndefined();
  });

  test('a state that is not known has none, not even that of a state called null', () => {
    const columns = stateColumns([to('null'), to(null)], 0);
    expect(columns).toEqual({ 'to null': 0 });
    expect(customerColumn(columns, to(null))).toBeUndefined();
  });

  test('of a thousand states the most frequent ones, and one for the others', () => {
    const many = Array.from({ length: 1000 }, (_, i) => `region ${String(i).padStart(4, '0')}`);
    // The last ones are frequent; of all the others, which are equally rare, the first by name are taken.
    const frequent = many.slice(-10);
    const orders = [...many, ...frequent].map((state) => ({ customerState: state, sellerState: state }));
    const columns = stateColumns(orders, 4);
    expect(Object.keys(columns)).toHaveLength(2 * (MOST_STATES + 1));
    expect(Object.values(columns).toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 2 * (MOST_STATES + 1) }, (_, i) => 4 + i),
    );
    for (const state of [...frequent, ...many.slice(0, MOST_STATES - 10)])
      expect(columns).toHaveProperty([`to ${state}`]);
    const other = customerColumn(columns, to(many[MOST_STATES - 10]!));
    expect(other).toBe(columns['other to']);
    expect(customerColumn(columns, to('never seen'))).toBe(other);
    expect(sellerColumn(columns, from('never seen'))).toBe(columns['other from']);
  });

  test('does not depend on the order of the orders which states are taken', () => {
    const orders = Array.from({ length: 90 }, (_, i) => to(`region ${(i * 37) % 90}`));
    const names = (of: typeof orders) => Object.keys(stateColumns(of, 0)).toSorted();
    expect(names(orders.toReversed())).toEqual(names(orders));
  });
});
