import fc from 'fast-check';
import type { RejectionType } from '../oracle/types.ts';
import { NOW, renderTime, UTC } from './times.ts';

/** Bytes that cannot become an event, of a named class, and what they are by the table of the contracts. */
export interface Malformed {
  name: string;
  value: Buffer | null;
  type: RejectionType;
}

const FINE = { order_id: 'o1', event_type: 'PAID', occurred_at: '2026-03-02T00:00:00Z' };
const HOUR = 3_600_000_000;

const TEXTS = [
  'order_id',
  'event_type',
  'event_id',
  'current_status',
  'current_stage',
  'reason_code',
  'user_id',
  'product_id',
  'product_name',
  'shipping_address',
  'currency',
  'channel',
  'region',
  'seller_id',
  'customer_zip',
  'seller_zip',
];
const IDS = TEXTS.filter((name) => name !== 'product_name' && name !== 'shipping_address');
const OPTIONAL_TIMES = ['event_produced_at', 'promised_at', 'created_at'];
const TIMES = ['occurred_at', ...OPTIONAL_TIMES];
const OPTIONAL = [...TEXTS.slice(2), ...OPTIONAL_TIMES, 'quantity', 'amount', 'items'];

const NO_TIMES = [
  '2026-03-02T00:00:00',
  '2026-03-02',
  'yesterday',
  '1772409600',
  '2026-02-30T00:00:00Z',
  '2026-13-01T00:00:00Z',
  '2026-03-02T25:00:00Z',
  '2026-03-02T00:61:00Z',
  ' 2026-03-02T00:00:00Z',
  '2026-03-02T00:00:00+99:00',
  '٢026-03-02T00:00:00Z',
];

function bytes(json: unknown): Buffer {
  return Buffer.from(JSON.stringify(json));
}

function nested(depth: number): string {
  return `${'['.repeat(depth)}${']'.repeat(depth)}`;
}

const noJson = fc
  .oneof(
    fc.constantFrom(
      '',
      '{',
      '{"order_id":"o1"',
      'order_id=o1',
      '{"a":1}}',
      "{'a':1}",
      '{"a":NaN}',
      '{"a":"\u0001"}',
      'undefined',
    ),
    fc.nat({ max: bytes(FINE).length - 1 }).map((cut) => bytes(FINE).toString().slice(0, cut)),
    fc.string({ minLength: 1 }).map((text) => `x${text}`),
  )
  .map((text) => Buffer.from(text));

const noUtf8 = fc
  .tuple(
    fc.constantFrom([0xff], [0xc3], [0xed, 0xa0, 0x80], [0xf5, 0x80, 0x80, 0x80], [0xc0, 0xaf]),
    fc.boolean(),
  )
  .map(([bad, inside]) =>
    Buffer.concat([Buffer.from(inside ? '{"order_id":"' : '{"note":"'), Buffer.from(bad), Buffer.from('"}')]),
  );

const notStorable = fc
  .tuple(fc.constantFrom('\\u0000', 'a\\u0000b', '\\ud800', '\\udc00x', '\\ud83d\\ud83d'), fc.nat({ max: 3 }))
  .map(([bad, where]) => {
    const spots = [`"order_id":"${bad}"`, `"note":"${bad}"`, `"${bad}":1`, `"note":[{"deep":["${bad}"]}]`];
    return Buffer.from(`{"event_type":"PAID","occurred_at":"2026-03-02T00:00:00Z",${spots[where]}}`);
  });

const bomb = fc
  .tuple(fc.constantFrom(64, 65, 500, 100_000), fc.constantFrom('inside', 'overridden', 'around'))
  .map(([depth, where]) => {
    if (where === 'around') return nested(depth + 1);
    return `{"order_id":"o1","x":${nested(depth)}${where === 'overridden' ? ',"x":1' : ''}}`;
  })
  .map((text) => Buffer.from(text));

const tooLarge = fc
  .constantFrom(0, 1, 70_000)
  .map((over) => Buffer.from(`{"x":"${'a'.repeat(1024 * 1024 - 7 + over)}"}`));

const noObject = fc
  .constantFrom('1', 'null', 'true', '"order"', '[]', '[{"order_id":"o1"}]')
  .map((text) => Buffer.from(text));

const missing = fc
  .tuple(fc.constantFrom('order_id', 'event_type', 'occurred_at'), fc.constantFrom(undefined, null, ''))
  .map(([name, value]) => bytes({ ...FINE, [name]: value }));

const wrongText = fc
  .tuple(
    fc.constantFrom(...TEXTS, ...TIMES),
    fc.constantFrom<unknown>(1, 0, true, false, [], {}, ['a'], { a: 1 }),
  )
  .map(([name, value]) => bytes({ ...FINE, [name]: value }));

const tooLong = fc
  .tuple(fc.constantFrom(...IDS), fc.constantFrom('a', '가', '\u{1F600}'), fc.constantFrom(201, 1_000))
  .map(([name, one, length]) => bytes({ ...FINE, [name]: one.repeat(length) }));

const wrongNumber = fc
  .oneof(
    fc
      .constantFrom('0', '-1', '1.5', '1e99', '2147483648', '"2"', 'true', '[]', '{}')
      .map((text) => `"quantity":${text}`),
    fc.constantFrom('"19.90"', 'true', '[]', '{}', '1e400').map((text) => `"amount":${text}`),
  )
  .map((member) => Buffer.from(JSON.stringify(FINE).replace('}', `,${member}}`)));

const wrongItems = fc
  .constantFrom<unknown>(
    ...['p1', 1, true, {}, ['p1'], [1], [null], [[]], [{}], [{ product_id: '' }], [{ product_id: 7 }]],
    ...[{ quantity: 0 }, { quantity: '2' }, { quantity: 1.5 }, { price: '9.90' }, { price: 1e16 }].map(
      withLine,
    ),
    ...[{ freight: true }, { freight: {} }, { seller_id: 5 }, { seller_id: 'a'.repeat(201) }].map(withLine),
    ...[{ hand_over_by: 7 }, { hand_over_by: 'soon' }, { hand_over_by: '2026-03-02' }].map(withLine),
    ...[{ hand_over_by: '1999-12-31T23:59:59Z' }, { hand_over_by: '2200-01-01T00:00:00Z' }].map(withLine),
    Array.from({ length: 501 }, () => ({ product_id: 'p1' })),
  )
  .map((items) => bytes({ ...FINE, items }));

/** Two lines, of which the second is not right. */
function withLine(wrong: Record<string, unknown>): unknown {
  return [{ product_id: 'p1' }, { product_id: 'p1', ...wrong }];
}

const wrongTime = fc
  .tuple(fc.constantFrom(...TIMES), fc.constantFrom(...NO_TIMES))
  .map(([name, text]) => bytes({ ...FINE, [name]: text }));

const absurdTime = fc
  .tuple(
    fc.constantFrom('occurred_at', 'last_occurred_at'),
    fc.constantFrom(
      '1999-12-31T23:59:59.999999Z',
      '1970-01-01T00:00:00Z',
      '2000-01-01T08:59:59.999999+09:00',
      renderTime(NOW + 24 * HOUR + 1, UTC),
      '2100-01-01T00:00:00Z',
      '9999-12-31T23:59:59Z',
    ),
  )
  .map(([name, text]) => bytes({ ...FINE, occurred_at: undefined, [name]: text }));

function ofClass(
  name: string,
  type: RejectionType,
  value: fc.Arbitrary<Buffer | null>,
): fc.Arbitrary<Malformed> {
  return value.map((one) => ({ name, type, value: one }));
}

/** One arbitrary a class of the table, by name. */
export const MALFORMED: readonly fc.Arbitrary<Malformed>[] = [
  ofClass('no value', 'PARSE_ERROR', fc.constantFrom(null, Buffer.alloc(0))),
  ofClass('not JSON', 'PARSE_ERROR', noJson),
  ofClass('invalid UTF-8', 'PARSE_ERROR', noUtf8),
  ofClass('U+0000 or half a surrogate pair', 'PARSE_ERROR', notStorable),
  ofClass('nesting bomb', 'PARSE_ERROR', bomb),
  ofClass('over the input limit', 'PARSE_ERROR', tooLarge),
  ofClass('JSON but no object', 'SCHEMA_INVALID', noObject),
  ofClass('required member missing', 'SCHEMA_MISSING', missing),
  ofClass('text of another type', 'SCHEMA_INVALID', wrongText),
  ofClass('id too long', 'SCHEMA_INVALID', tooLong),
  ofClass('number of another type or range', 'SCHEMA_INVALID', wrongNumber),
  ofClass('lines that are none', 'SCHEMA_INVALID', wrongItems),
  ofClass('no time', 'SCHEMA_INVALID', wrongTime),
  ofClass('absurd time', 'SCHEMA_INVALID', absurdTime),
];

/** Any of them. */
export const malformed: fc.Arbitrary<Malformed> = fc.oneof(...MALFORMED);

/** What is only just fine, by name. */
export const JUST_FINE: readonly (readonly [name: string, value: Buffer])[] = [
  ['exactly 24 h ahead', bytes({ ...FINE, occurred_at: renderTime(NOW + 24 * HOUR, UTC) })],
  ['the first instant of 2000', bytes({ ...FINE, occurred_at: '2000-01-01T00:00:00Z' })],
  ['an id of 200 characters', bytes({ ...FINE, order_id: 'a'.repeat(200) })],
  ['an id of 200 characters of three bytes', bytes({ ...FINE, order_id: '가'.repeat(200) })],
  ['an id of 200 characters of four bytes', bytes({ ...FINE, order_id: '\u{1F600}'.repeat(200) })],
  ['an address of any length', bytes({ ...FINE, shipping_address: 'a'.repeat(5_000) })],
  ['exactly 1 MiB', Buffer.from(JSON.stringify(FINE).padEnd(1024 * 1024))],
  ['64 levels', Buffer.from(JSON.stringify(FINE).replace('}', `,"x":${nested(63)}}`))],
  [
    'null for every optional member',
    bytes({ ...FINE, ...Object.fromEntries(OPTIONAL.map((name) => [name, null])) }),
  ],
  [
    'an empty string for every optional member',
    bytes({ ...FINE, ...Object.fromEntries(OPTIONAL.map((name) => [name, ''])) }),
  ],
  [
    'the older flat message',
    bytes({ order_id: 'o1', last_event_type: 'PAID', last_occurred_at: '2026-03-02T09:00:00+09:00' }),
  ],
  ['both names, the older one unusable', bytes({ ...FINE, last_event_type: 7, last_occurred_at: 'never' })],
  [
    'members of other names and any type',
    bytes({ ...FINE, note: [1, { a: null }], constructor: 1, toString: 'x' }),
  ],
  ['a member named __proto__', Buffer.from(JSON.stringify(FINE).replace('}', ',"__proto__":{"user_id":7}}'))],
  ['no line', bytes({ ...FINE, items: [] })],
  ['500 lines', bytes({ ...FINE, items: Array.from({ length: 500 }, () => ({ product_id: 'p1' })) })],
  [
    'null for every optional member of a line',
    bytes({
      ...FINE,
      items: [
        { product_id: 'p1', seller_id: null, quantity: null, price: null, freight: null, hand_over_by: null },
      ],
    }),
  ],
  ['an unknown status', bytes({ ...FINE, current_status: 'LOST' })],
  ['a whole number with an exponent', Buffer.from(JSON.stringify(FINE).replace('}', ',"quantity":2e1}'))],
];
