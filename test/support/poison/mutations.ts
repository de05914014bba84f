import type { Prng } from '../../../simulator/timing/prng.ts';
import { soundEvent, soundText, withMembers } from './sound.ts';

/** One way to spoil a sound event; some of what it makes is fine after all. */
export interface Mutation {
  readonly name: string;
  /** Relative frequency; 1 unless told. */
  readonly weight?: number;
  make(rng: Prng, orderId: string): Buffer | null;
}

const STRANGE_TEXTS = [
  '',
  ' ',
  '\u{1F600}',
  '\uFEFF',
  '"',
  '\\',
  "'; DROP TABLE orders; --",
  '\u2028',
  'null',
];
const STRANGE_JSON: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  1e21,
  [],
  {},
  [[]],
  { a: [1, { b: null }] },
];
const MEMBERS = ['order_id', 'event_type', 'occurred_at', 'user_id', 'shipping_address', 'note', 'event_id'];

const NUMBERS = [
  '1e400',
  '-1e400',
  '-0',
  '-0.0',
  '1E+2',
  '5e-324',
  '1e-400',
  '0.1e1',
  '99999999999999999999',
];

/** JavaScript reads them (as infinite or zero), PostgreSQL's numeric holds none of them. */
export const UNSTORABLE_NUMBERS = [
  '1e200000',
  '-1e200000',
  '1e-200000',
  '1e99999999999',
  `0.${'3'.repeat(20_000)}`,
  '7'.repeat(140_000),
] as const;

const TIMES = [
  '0000-01-01T00:00:00Z',
  '0001-01-01T00:00:00+09:00',
  '1999-12-31T23:59:59.999999Z',
  '2000-01-01T00:00:00Z',
  '2016-12-31T23:59:60Z',
  '2026-03-03T12:00:00Z',
  '2026-03-03T12:00:00.000001Z',
  '2300-01-01T00:00:00.000001Z',
  '9999-12-31T23:59:59Z',
  '9999-12-31T23:59:59-18:00',
  '-000001-01-01T00:00:00Z',
  '+12026-03-02T00:00:00Z',
];

function randomJson(rng: Prng, depth = 0): unknown {
  if (depth < 4 && rng.chance(0.4)) {
    const length = rng.int(0, 4);
    if (rng.chance(0.5)) return Array.from({ length }, () => randomJson(rng, depth + 1));
    return Object.fromEntries(
      Array.from({ length }, () => [rng.pick([...MEMBERS, ...STRANGE_TEXTS]), randomJson(rng, depth + 1)]),
    );
  }
  return rng.pick<unknown>([...STRANGE_JSON, ...STRANGE_TEXTS, 'PAID', '2026-03-02T00:00:00Z']);
}

function nested(rng: Prng, depth: number): string {
  const [open, close] = rng.pick<[string, string]>([
    ['[', ']'],
    ['{"a":', '}'],
  ]);
  return `${open.repeat(depth)}1${close.repeat(depth)}`;
}

/** Escapes that make U+0000 and halves of surrogate pairs out of plain ASCII. */
const ESCAPES = [
  '\\u0000',
  '\\ud83d',
  '\\udc00',
  'a\\u0000b',
  '\\ud800\\ud800\\udc00',
  '\\uD83D\\uDE00',
  '\\u0001',
];

export const MUTATIONS: readonly Mutation[] = [
  {
    name: 'bits flipped',
    weight: 6,
    make(rng, orderId) {
      const bytes = Buffer.from(soundText(orderId));
      for (let flips = rng.int(1, 3); flips > 0; flips -= 1) {
        const at = rng.int(0, bytes.length - 1);
        bytes[at] = (bytes[at] ?? 0) ^ (1 << rng.int(0, 7));
      }
      return bytes;
    },
  },
  {
    name: 'cut short',
    weight: 3,
    make(rng, orderId) {
      const bytes = Buffer.from(soundText(orderId));
      return bytes.subarray(0, rng.int(0, bytes.length));
    },
  },
  {
    name: 'a piece twice',
    make(rng, orderId) {
      const bytes = Buffer.from(soundText(orderId));
      const from = rng.int(0, bytes.length - 1);
      const to = rng.int(from, bytes.length);
      return Buffer.concat([bytes.subarray(0, to), bytes.subarray(from)]);
    },
  },
  {
    name: 'random bytes',
    weight: 2,
    make: (rng) => Buffer.from(Array.from({ length: rng.int(0, 300) }, () => rng.int(0, 255))),
  },
  { name: 'random JSON', weight: 2, make: (rng) => Buffer.from(JSON.stringify(randomJson(rng)) ?? 'null') },
  {
    name: 'random members',
    weight: 4,
    make(rng, orderId) {
      const members = Array.from({ length: rng.int(1, 2) }, () => [rng.pick(MEMBERS), randomJson(rng)]);
      return Buffer.from(JSON.stringify({ ...soundEvent(orderId), ...Object.fromEntries(members) }));
    },
  },
  {
    name: 'odd numbers',
    weight: 2,
    make: (rng, orderId) =>
      withMembers(orderId, `"${rng.pick(['quantity', 'amount', 'note'])}":${rng.pick(NUMBERS)}`),
  },
  {
    name: 'numbers too large to store',
    weight: 0.3,
    make: (rng, orderId) => withMembers(orderId, `"note":${rng.pick(UNSTORABLE_NUMBERS)}`),
  },
  {
    name: 'keys twice',
    weight: 2,
    make: (rng, orderId) =>
      withMembers(
        orderId,
        rng.pick([
          '"order_id":""',
          `"order_id":"${orderId}-again"`,
          '"order_id":7',
          '"note":1,"note":2',
          '"user_id":null',
          '"__proto__":{"user_id":7},"__proto__":1',
        ]),
      ),
  },
  {
    name: 'poison hidden by a key that comes twice',
    weight: 0.3,
    make: (rng, orderId) =>
      withMembers(
        orderId,
        `"x":${rng.pick(['"\\u0000"', '"\\ud800"', '1e200000', nested(rng, 10_000)])},"x":1`,
      ),
  },
  {
    name: 'U+0000 and half surrogates',
    weight: 2,
    make(rng, orderId) {
      const strange = rng.pick(ESCAPES);
      const members = [
        `"note":"${strange}"`,
        `"${strange}":1`,
        `"note":[{"${strange}":["${strange}"]}]`,
        `"user_id":"${strange}"`,
      ];
      return withMembers(orderId, rng.pick(members));
    },
  },
  {
    name: 'byte order marks',
    make: (rng, orderId) =>
      Buffer.from(rng.pick(['\uFEFF', '\uFEFF\uFEFF', ' \uFEFF', '\uFFFE']) + soundText(orderId)),
  },
  {
    name: 'nested deeply',
    make: (rng, orderId) =>
      withMembers(orderId, `"note":${nested(rng, rng.pick([60, 62, 63, 64, 65, 5_000]))}`),
  },
  {
    name: 'brackets that nest nothing',
    weight: 0.5,
    make: (rng, orderId) =>
      withMembers(orderId, rng.pick([`"note":"${'['.repeat(500)}\\"{"`, `"note":[${'[],{},'.repeat(90)}0]`])),
  },
  {
    name: 'around the size limit',
    weight: 0.03,
    make(rng, orderId) {
      const value = Buffer.alloc(1024 * 1024 + rng.int(-1, 1), ' ');
      value.write(soundText(orderId));
      return value;
    },
  },
  { name: 'nothing', make: (rng) => rng.pick([null, Buffer.alloc(0)]) },
  {
    name: 'odd times',
    weight: 3,
    make: (rng, orderId) =>
      Buffer.from(
        JSON.stringify({
          ...soundEvent(orderId),
          [rng.pick(['occurred_at', 'promised_at', 'created_at', 'event_produced_at'])]: rng.pick(TIMES),
        }),
      ),
  },
  {
    name: 'years apart',
    weight: 2,
    make: (rng, orderId) =>
      Buffer.from(
        JSON.stringify({
          ...soundEvent(orderId),
          occurred_at: new Date(Date.UTC(2015, 0, rng.int(1, 4_000))).toISOString(),
        }),
      ),
  },
  {
    name: 'ids of odd sizes',
    make: (rng, orderId) =>
      Buffer.from(
        JSON.stringify({
          ...soundEvent(orderId),
          [rng.pick(['order_id', 'event_type', 'user_id', 'seller_id'])]:
            `${orderId}${rng.pick(['x', '가'])}`.padEnd(
              rng.pick([199, 200, 201, 3_000]),
              rng.pick(['x', '가']),
            ),
        }),
      ),
  },
];
