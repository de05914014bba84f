import type { Message } from 'kafkajs';
import { poisonRecords } from '../../../simulator/poison/poison-records.ts';
import { Prng } from '../../../simulator/timing/prng.ts';
import { MUTATIONS, type Mutation } from './mutations.ts';
import { POISON_NOW_MS } from './sound.ts';

/** A record to send; what it is called is only for messages of the test. */
export interface PoisonDraft {
  readonly name: string;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: Readonly<Record<string, Buffer | Buffer[]>>;
  readonly timestamp: string;
}

const bytes = (text: string): Buffer => Buffer.from(text);

/** Names that every object has already are the nasty ones. */
const HEADERS: readonly PoisonDraft['headers'][] = [
  {},
  {},
  { source: bytes('shop-7') },
  { '': Buffer.alloc(0) },
  { 'x-binary': Buffer.from([0, 255, 128, 10]), 'x-한글': bytes('값') },
  { again: [bytes('1'), Buffer.alloc(0), bytes('3')] },
  { constructor: bytes('c'), toString: [bytes('a'), bytes('b')] },
  Object.fromEntries([['__proto__', bytes('p')]]),
  { traceparent: bytes('00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01') },
  { traceparent: Buffer.from([255, 254]) },
  { 'x-large': Buffer.alloc(3_000, 7) },
];

/** Milliseconds; the last ones only in a request of their own, where kafkajs calculates no differences with them. */
const TIMESTAMPS = [0, 1, 946_684_799_999, 946_684_800_000].map(String);
const AHEAD = [3_600_000, 86_400_000, 86_400_001, 31_536_000_000].map((ms) => String(POISON_NOW_MS + ms));
export const EXTREME_TIMESTAMPS = [
  '-2',
  '-62135596800000',
  '253402300800000',
  '9223372036854775807',
  '-9223372036854775808',
];

function keyOf(rng: Prng, orderId: string): Buffer | null {
  const random = () => Buffer.from(Array.from({ length: rng.int(1, 40) }, () => rng.int(0, 255)));
  return rng.pick([
    () => bytes(orderId),
    () => null,
    () => Buffer.alloc(0),
    random,
    () => Buffer.alloc(1_000, 'k'),
  ])();
}

function weighted(rng: Prng): Mutation {
  let at = rng.next() * MUTATIONS.reduce((sum, one) => sum + (one.weight ?? 1), 0);
  for (const one of MUTATIONS) {
    at -= one.weight ?? 1;
    if (at < 0) return one;
  }
  return MUTATIONS[0] as Mutation;
}

/** `count` records, most of them malformed; about every second one by the simulator, every mutation at least once. */
export function poisonTraffic(seed: string, count: number): PoisonDraft[] {
  const rng = new Prng(seed);
  const simulated = poisonRecords(rng, Math.ceil(count / 2), { prefix: 'S-', now: () => POISON_NOW_MS })[
    Symbol.iterator
  ]();
  return Array.from({ length: count }, (_, index) => {
    const orderId = `M-${index}`;
    const mutation = MUTATIONS[index] ?? weighted(rng);
    const own = index < MUTATIONS.length || index % 2 === 1;
    const poison = own ? undefined : simulated.next().value;
    return {
      name: poison?.class ?? mutation.name,
      value: poison === undefined ? mutation.make(rng, orderId) : poison.value,
      key: keyOf(rng, orderId),
      headers: rng.pick(HEADERS),
      timestamp: rng.chance(0.9)
        ? String(POISON_NOW_MS - rng.int(0, 5_000))
        : rng.pick([...TIMESTAMPS, ...AHEAD]),
    };
  });
}

export function messageOf(draft: PoisonDraft, partition: number): Message {
  return {
    partition,
    key: draft.key,
    value: draft.value,
    headers: draft.headers,
    timestamp: draft.timestamp,
  };
}
