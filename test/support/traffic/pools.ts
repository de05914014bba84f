/**
 * Small pools, so that collisions are the rule. The ids of U+FF5E and of the astral characters sort one way by UTF-16
 * unit and the other by code point.
 */

/** Products of one shelf share their stock, so that an order of two of them is judged the same for either. */
export interface Shelf {
  name: 'plenty' | 'bare' | 'untracked';
  products: readonly string[];
  /** May be in a basket beside one of its own, which then decides. */
  companions: readonly string[];
  orders: readonly string[];
}

export const SHELVES: readonly Shelf[] = [
  {
    name: 'plenty',
    products: ['p1', '제품-2'],
    companions: ['x1'],
    orders: ['o1', 'o2', 'O2', 'o3', '주문-4', '\u{1F600}5', '\uFF5E6', '\u{10000}7', '\uE0008', 'ö9'],
  },
  {
    name: 'bare',
    products: ['q1', '\u{1F4E6}'],
    companions: ['p1', 'x1'],
    orders: ['b1', 'b2', 'b3', '주문-b4', '\u{1F600}b5', '\uFF5Eb6', '\u{10000}b7', 'b 8'],
  },
  {
    name: 'untracked',
    products: ['x1'],
    companions: [],
    orders: ['x1', 'x2', '\u{1F600}x3', '\uFF5Ex4', 'x5', 'x6', 'x7'],
  },
];

/** Opening stock that makes each shelf what its name says. */
export const CATALOGUE: ReadonlyMap<string, number | null> = new Map(
  SHELVES.flatMap(({ name, products }) =>
    products.map((id) => [id, name === 'plenty' ? 1_000_000 : name === 'bare' ? 0 : null] as const),
  ),
);

export const USERS = ['u1', '\u{1F9D1}u2', ''] as const;
export const EVENT_IDS = ['e1', 'e2', 'E1', '\uFF5Ee', '\u{1F600}e'] as const;
export const STATUSES = ['CREATED', 'PAID', 'PICKING', 'PACKED', 'SHIPPED', 'DELIVERED', 'CANCELED'] as const;

export const ADDRESSES = [
  '서울시 강남구 테헤란로 123',
  '12 Long Street',
  '5 chr',
  '\u{1F600}\u{1F600}\u{1F600}\u{1F600}\u{1F600}',
  '',
  '   ',
  ' four ',
  '\u{1F600}\u{1F600}\u{1F600}\u{1F600}',
  '12 Main, ?',
  'NULL, Seoul',
  'Seoul uNkNoWn 5',
  'Unknownville 5',
  'who? me',
] as const;
