import { describe, expect, it } from 'vitest';
import { created, MIDNIGHT, oracleOf, said, sinceMidnight } from './example.ts';
import type { HoldRow } from './types.ts';

const SECOND = 1_000_000;

function of(holds: readonly HoldRow[], reason: string) {
  return holds.filter((hold) => hold.reason_code === reason);
}

/** Orders a, b, c, ... of one user and product, at these times. */
function series(times: readonly number[], members: Record<string, unknown> = {}) {
  return times.map((at, i) => created(String.fromCharCode(97 + i), at, members));
}

describe('FUL-FRAUD-USER', () => {
  const held = (times: readonly number[]) =>
    of(oracleOf(series(times)).holds, 'FUL-FRAUD-USER').map((hold) => hold.order_id);

  it('leaves five orders in 10 s alone', () => {
    expect(held([0, 2, 4, 6, 8].map((s) => s * SECOND))).toEqual([]);
  });

  it('holds six, from the first on', () => {
    expect(held([0, 2, 4, 6, 8, 9].map((s) => s * SECOND))).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
  });

  it('does not count an order exactly 10 s ago, but one a microsecond later', () => {
    expect(held([0, 2 * SECOND, 4 * SECOND, 6 * SECOND, 8 * SECOND, 10 * SECOND])).toEqual([]);
    expect(held([1, 2 * SECOND, 4 * SECOND, 6 * SECOND, 8 * SECOND, 10 * SECOND])).toHaveLength(6);
  });

  it('reaches back exactly 15 s', () => {
    const burst = [10, 11, 12, 13, 14, 15].map((s) => s * SECOND);
    expect(held([0, ...burst])).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g']);
    expect(held([0, ...burst.map((at) => at + 1)])).toEqual(['b', 'c', 'd', 'e', 'f', 'g']);
  });

  it('holds all of its own instant, counting in code point order', () => {
    const messages = ['\u{1F600}', '\uFF5E', 'e', 'd', 'c', 'b', 'a'].map((id) => created(id, 5));
    const holds = of(oracleOf(messages).holds, 'FUL-FRAUD-USER');
    expect(holds.map((hold) => hold.order_id)).toEqual(['a', 'b', 'c', 'd', 'e', '\uFF5E', '\u{1F600}']);
    for (const hold of holds) {
      expect(hold.evidence).toEqual({ trigger_order_id: '\uFF5E', trigger_at: MIDNIGHT + 5, count: 6 });
    }
  });

  it('counts orders, not their creations', () => {
    const twice = [0, 1, 2, 3, 4].flatMap((at) => [created(String(at), at), created(String(at), at + 5)]);
    expect(oracleOf(twice).holds.filter((hold) => hold.reason_code === 'FUL-FRAUD-USER')).toEqual([]);
  });

  it('shows the earliest trigger of each order', () => {
    const holds = of(oracleOf(series([0, 1, 2, 3, 4, 5, 10 * SECOND + 1])).holds, 'FUL-FRAUD-USER');
    expect(holds.map((hold) => sinceMidnight(hold.opened_at))).toEqual([5, 5, 5, 5, 5, 5]);
    const more = of(oracleOf(series([0, 1, 2, 3, 4, 5, 9 * SECOND])).holds, 'FUL-FRAUD-USER');
    expect(more.map((hold) => sinceMidnight(hold.opened_at))).toEqual([5, 5, 5, 5, 5, 5, 9 * SECOND]);
    expect(more[6]?.evidence).toMatchObject({ trigger_order_id: 'g', count: 7 });
  });

  it('needs a user and a product', () => {
    expect(of(oracleOf(series([0, 1, 2, 3, 4, 5], { user_id: '' })).holds, 'FUL-FRAUD-USER')).toEqual([]);
    expect(of(oracleOf(series([0, 1, 2, 3, 4, 5], { product_id: null })).holds, 'FUL-FRAUD-USER')).toEqual(
      [],
    );
  });

  it('keeps users and products apart', () => {
    const mixed = [0, 1, 2, 3, 4, 5].map((i) =>
      created(`o${i}`, i, { user_id: `u${i % 2}`, product_id: 'p1' }),
    );
    expect(of(oracleOf(mixed).holds, 'FUL-FRAUD-USER')).toEqual([]);
  });
});

describe('FUL-FRAUD-PROD', () => {
  const held = (messages: Record<string, unknown>[]) =>
    of(oracleOf(messages).holds, 'FUL-FRAUD-PROD').map((hold) => hold.order_id);

  it('holds the fourth order in a second, and only that', () => {
    expect(held(series([0, 1, 2]))).toEqual([]);
    expect(held(series([0, 1, 2, 3]))).toEqual(['d']);
  });

  it('does not count an order exactly 1 s ago, but one a microsecond later', () => {
    expect(held(series([0, 1, 2, SECOND]))).toEqual([]);
    expect(held(series([1, 2, 3, SECOND]))).toEqual(['d']);
  });

  it('counts whoever ordered, also nobody', () => {
    expect(held([0, 1, 2, 3].map((i) => created(`o${i}`, i, { user_id: i === 0 ? '' : `u${i}` })))).toEqual([
      'o3',
    ]);
  });

  it('takes the last in code point order of those at one instant', () => {
    expect(held(['\u{1F600}', '\uFF5E', 'b', 'a'].map((id) => created(id, 0)))).toEqual(['\u{1F600}']);
  });
});

describe('FUL-VALID', () => {
  const held = (...messages: Record<string, unknown>[]) => of(oracleOf(messages).holds, 'FUL-VALID');
  const withAddress = (shipping_address: unknown) => held(created('o1', 0, { shipping_address })).length;

  it.each([
    '',
    '    ',
    ' four ',
    'abcd',
    'NULL, Seoul',
    '12 Main ?',
    'seoul,unknown,5',
    'Null Street',
    '\u{1F600}\u{1F600}\u{1F600}',
  ])('objects to the address %j', (address) => expect(withAddress(address)).toBe(1));

  it.each([
    'abcde',
    ' abcde ',
    '123 Main',
    '12345',
    'Unknownville',
    'who? me',
    'Nullarbor 5',
    '\u{1F600}1234',
  ])('accepts the address %j', (address) => expect(withAddress(address)).toBe(0));

  it('objects to no user and no address', () => {
    expect(held(created('o1', 0, { user_id: '' }))).toHaveLength(1);
    expect(held(created('o1', 0, { shipping_address: null }))).toHaveLength(1);
  });

  it('judges each creation by itself, and opens at the earliest invalid one', () => {
    const holds = held(
      created('o1', 0),
      created('o1', 7, { user_id: '' }),
      created('o1', 5, { user_id: '' }),
      created('o1', 9),
    );
    expect(holds.map((hold) => sinceMidnight(hold.opened_at))).toEqual([5]);
  });

  it('judges creations only', () => {
    expect(held(said('ORDER_UPDATED', 0), said('CREATED', 1), said('PAID', 2))).toEqual([]);
  });
});

describe('EXTERNAL', () => {
  const episodes = (...messages: Record<string, unknown>[]) =>
    of(oracleOf(messages).holds, 'EXTERNAL').map((hold) => [
      hold.episode,
      sinceMidnight(hold.opened_at),
      sinceMidnight(hold.closed_at),
      hold.evidence,
    ]);

  it('counts runs of HOLD between clearings, whatever order they came in', () => {
    expect(
      episodes(
        said('HOLD_CLEARED', 30),
        said('HOLD', 40, { reason_code: 'B' }),
        said('HOLD_CLEARED', 5),
        said('HOLD', 20, { reason_code: 'C' }),
        said('HOLD', 10, { reason_code: 'A' }),
        said('HOLD_CLEARED', 35),
      ),
    ).toEqual([
      [1, 10, 30, { reason_code: 'A' }],
      [2, 40, null, { reason_code: 'B' }],
    ]);
  });

  it('opens for status HOLD in any known event, and not in an unknown one', () => {
    expect(episodes(said('PAID', 1, { current_status: 'HOLD' }))).toHaveLength(1);
    expect(episodes(said('NOTE_ADDED', 1, { current_status: 'HOLD' }))).toEqual([]);
  });

  it('breaks ties by rank, then event_id', () => {
    expect(episodes(said('HOLD', 1, { event_id: 'b' }), said('HOLD_CLEARED', 1, { event_id: 'a' }))).toEqual([
      [1, 1, null, { reason_code: null }],
    ]);
    const cleared = said('HOLD_CLEARED', 1, { event_id: 'a', current_status: 'PAID' });
    expect(episodes(said('HOLD', 1, { event_id: 'b' }), cleared)).toEqual([[1, 1, 1, { reason_code: null }]]);
  });
});

describe('FUL-INV', () => {
  const catalogue = new Map([
    ['none', 0],
    ['many', 5],
    ['untracked', null],
  ]);
  const held = (...messages: Record<string, unknown>[]) =>
    of(oracleOf(messages, catalogue).holds, 'FUL-INV').map((hold) => [
      hold.order_id,
      sinceMidnight(hold.opened_at),
    ]);

  it('holds an order of a product without stock from its first paid status', () => {
    const order = created('o1', 0, { product_id: 'none' });
    expect(held(order)).toEqual([]);
    expect(held(order, said('CANCELED', 1))).toEqual([]);
    expect(held(order, said('SHIPPED', 9), said('PICKING', 3))).toEqual([['o1', 3]]);
  });

  it('leaves covered, untracked and unknown products alone', () => {
    for (const product_id of ['many', 'untracked', 'elsewhere']) {
      expect(held(created('o1', 0, { product_id, quantity: 5 }), said('PAID', 1))).toEqual([]);
    }
  });

  it('holds an order of several lines when one of them is short', () => {
    const lines = (...ids: string[]) => ids.map((product_id) => ({ product_id, quantity: 2 }));
    const order = (...ids: string[]) => created('o1', 0, { product_id: null, items: lines(...ids) });
    expect(held(order('many', 'none'), said('PAID', 1))).toEqual([['o1', 1]]);
    expect(held(order('none', 'untracked'), said('PAID', 1))).toEqual([['o1', 1]]);
    expect(held(order('many', 'untracked'), said('PAID', 1))).toEqual([]);
    expect(held(order('many', 'many'), said('PAID', 1))).toEqual([]);
    expect(() => held(order('many', 'many', 'many'), said('PAID', 1))).toThrow('contended');
    expect(() => held(order('many'), order('none'), said('PAID', 1))).toThrow('another is not');
  });

  it('refuses to guess where orders compete', () => {
    const rivals = ['o1', 'o2'].map((id) => created(id, 0, { product_id: 'many', quantity: 3 }));
    expect(() => held(...rivals, said('PAID', 1), said('PAID', 1, { order_id: 'o2' }))).toThrow('contended');
  });
});
