import fc from 'fast-check';
import type { Micros } from '../oracle/types.ts';
import { ADDRESSES, EVENT_IDS, SHELVES, type Shelf, STATUSES, USERS } from './pools.ts';
import {
  BASE,
  edgeStep,
  eventTime,
  longStep,
  MINUTE,
  renderTime,
  shortStep,
  type TimeStyle,
  tightStep,
  timeStyle,
} from './times.ts';

/** What a message says, before its times are written out. */
export interface Message {
  occurredAt: Micros;
  members: Record<string, unknown> & { order_id: string; event_type: string };
}

const TYPES = [
  'ORDER_CREATED',
  'ORDER_CREATED',
  'ORDER_UPDATED',
  ...STATUSES,
  'HOLD',
  'HOLD_CLEARED',
  'NOTE_ADDED',
] as const;

const shelf: fc.Arbitrary<Shelf> = fc.constantFrom(SHELVES[0]!, SHELVES[0]!, SHELVES[1]!, SHELVES[2]!);

function optionally<T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.option(value, { nil: undefined, freq: 2 });
}

const item = (products: readonly string[]) =>
  fc.record({
    product_id: fc.constantFrom(...products),
    seller_id: fc.constantFrom(undefined, null, '', 's1', '판매자-2'),
    quantity: fc.constantFrom(undefined, 1, 3),
    price: fc.constantFrom(undefined, 0, 19.9),
    freight: fc.constantFrom(undefined, 2.5),
    hand_over_by: fc.constantFrom(undefined, '2026-03-03T12:00:00+09:00', '2000-01-01T00:00:00.000001Z'),
    note: fc.constantFrom(undefined, 'unknown members of a line mean nothing'),
  });

/** One to three lines of the shelf's own, and maybe one of another's. */
function basket({ products, companions }: Shelf): fc.Arbitrary<unknown[]> {
  const own = fc.array(item(products), { minLength: 1, maxLength: 3 });
  if (companions.length === 0) return own;
  return fc
    .tuple(own, fc.option(item(companions), { freq: 2 }))
    .map(([lines, other]) => (other === null ? lines : [other, ...lines]));
}

function extras(from: Shelf): fc.Arbitrary<Record<string, unknown>> {
  const { products } = from;
  return fc.record({
    event_id: optionally(fc.constantFrom(...EVENT_IDS)),
    current_status: fc.constantFrom(undefined, undefined, undefined, ...STATUSES, 'HOLD', 'paid', ''),
    current_stage: fc.constantFrom(undefined, undefined, 'PAYMENT'),
    reason_code: fc.constantFrom(undefined, undefined, 'R-1', 'R-2'),
    user_id: optionally(fc.constantFrom(...USERS)),
    product_id: optionally(fc.constantFrom(...products)),
    product_name: optionally(fc.constantFrom('Café', '상자', '')),
    shipping_address: optionally(fc.constantFrom(...ADDRESSES)),
    quantity: optionally(fc.integer({ min: 1, max: 3 })),
    amount: optionally(fc.constantFrom(0, 19.9, -5, 1e15)),
    currency: optionally(fc.constantFrom('KRW', 'EUR')),
    channel: optionally(fc.constantFrom('app', 'web')),
    region: optionally(fc.constantFrom('SEOUL', '부산')),
    seller_id: optionally(fc.constantFrom('s1', 's2')),
    customer_zip: optionally(fc.constantFrom('06234', '')),
    seller_zip: optionally(fc.constantFrom('04524')),
    promised_at: optionally(
      fc.constantFrom('2026-03-04T18:00:00+09:00', '2026-03-05T00:00:00Z', '9999-12-31T23:59:59.999999Z'),
    ),
    created_at: optionally(
      fc.constantFrom(
        '2026-03-01T23:59:59.999999Z',
        '2026-03-02T09:00:00+09:00',
        '0000-01-01T00:00:00+09:00',
      ),
    ),
    items: fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(undefined, undefined, null, []) },
      { weight: 1, arbitrary: basket(from) },
    ),
    note: optionally(fc.constantFrom('unknown members stay in the raw row', { nested: [1, null] })),
  });
}

/** Any event of any order: conflicting ids, late events, several creations, two products. */
const anyMessage: fc.Arbitrary<Message> = shelf.chain((from) =>
  fc
    .tuple(fc.constantFrom(...from.orders), fc.constantFrom(...TYPES), eventTime, extras(from))
    .map(([order_id, event_type, occurredAt, more]) => ({
      occurredAt,
      members: { ...more, order_id, event_type },
    })),
);

interface BurstPlan {
  orders: readonly string[];
  products: readonly string[];
  user: string | null;
  pace: fc.Arbitrary<Micros>;
  /** Arrivals of one order. */
  most: number;
}

/** Orders of one product, of one user or of several, at the distances where the burst rules decide. */
const burst: fc.Arbitrary<Message[]> = fc
  .record<BurstPlan>({
    orders: shelf.chain(({ orders }) => fc.shuffledSubarray([...orders], { minLength: 4 })),
    products: fc.constant([]),
    user: fc.constantFrom('u1', '\u{1F9D1}u2', null),
    pace: fc.constantFrom(shortStep, tightStep, tightStep, edgeStep, edgeStep),
    most: fc.constantFrom(1, 1, 2),
  })
  .chain((plan) => burstOf({ ...plan, products: shelfOf(plan.orders).products }));

function shelfOf(orders: readonly string[]): Shelf {
  return SHELVES.find((one) => one.orders.includes(orders[0] ?? '')) ?? SHELVES[0]!;
}

function burstOf({ orders, products, user, pace, most }: BurstPlan): fc.Arbitrary<Message[]> {
  const arrival = fc.tuple(pace, fc.constantFrom(...ADDRESSES), fc.constantFrom('u1', 'u3', 'u4'));
  const times = fc.tuple(...orders.map(() => fc.array(arrival, { minLength: 1, maxLength: most })));
  return fc
    .tuple(fc.constantFrom(...products), fc.constantFrom(0, 0, 30 * MINUTE - 1), times)
    .map(([product_id, start, list]) =>
      orders.flatMap((order_id, i) =>
        (list[i] ?? []).map(([step, shipping_address, other]) => ({
          occurredAt: BASE + start + step,
          members: {
            order_id,
            event_type: 'ORDER_CREATED',
            user_id: user ?? other,
            product_id,
            shipping_address,
          },
        })),
      ),
    );
}

/** One order through its life, each step at a distance that matters (2 h after PAID, above all). */
const life: fc.Arbitrary<Message[]> = shelf.chain(({ orders, products }) =>
  fc
    .tuple(
      fc.constantFrom(...orders),
      fc.constantFrom(...products),
      eventTime,
      fc.array(longStep, { minLength: 7, maxLength: 7 }),
      fc.subarray(['PAID', 'PICKING', 'PACKED', 'SHIPPED', 'DELIVERED', 'CANCELED'], { minLength: 1 }),
    )
    .map(([order_id, product_id, start, steps, types]) => {
      let at = start;
      return ['ORDER_CREATED', ...types].map((event_type, i) => {
        at += steps[i] ?? 0;
        const created = { user_id: 'u1', product_id, shipping_address: '12 Long Street', quantity: 2 };
        return { occurredAt: at, members: { ...(i === 0 ? created : {}), order_id, event_type } };
      });
    }),
);

/** Holds and clearings of one order from outside, with ties. */
const outsideHolds: fc.Arbitrary<Message[]> = shelf.chain(({ orders }) =>
  fc
    .tuple(
      fc.constantFrom(...orders),
      fc.array(
        fc.record({
          occurredAt: fc
            .constantFrom(0, 1, 2, 60_000_000, 1_800_000_000, 3_600_000_000)
            .map((step) => BASE + step),
          event_type: fc.constantFrom(
            'HOLD',
            'HOLD',
            'HOLD_CLEARED',
            'HOLD_CLEARED',
            'PAID',
            'ORDER_UPDATED',
          ),
          current_status: fc.constantFrom(undefined, undefined, 'HOLD', 'PAID'),
          reason_code: fc.constantFrom(undefined, 'PAYMENT_REVIEW', 'RECALL'),
          event_id: fc.constantFrom(...EVENT_IDS),
        }),
        { minLength: 2, maxLength: 8 },
      ),
    )
    .map(([order_id, signals]) =>
      signals.map(({ occurredAt, ...members }) => ({ occurredAt, members: { ...members, order_id } })),
    ),
);

/** A day of orders in which everything that can collide does. */
export const messages: fc.Arbitrary<Message[]> = fc
  .array(
    fc.oneof(
      { weight: 4, arbitrary: anyMessage.map((one) => [one]) },
      { weight: 2, arbitrary: burst },
      { weight: 1, arbitrary: life },
      { weight: 2, arbitrary: outsideHolds },
    ),
    { minLength: 1, maxLength: 14 },
  )
  .map((groups) => groups.flat());

export interface Rendering {
  time: TimeStyle;
  /** The older flat message: last_event_type and last_occurred_at. */
  flat: boolean;
  producedAfter: Micros | null;
}

export const rendering: fc.Arbitrary<Rendering> = fc.record({
  time: timeStyle,
  flat: fc.boolean(),
  producedAfter: fc.constantFrom(null, 0, 1, 2_000_000),
});

/** The message as bytes. Each rendering of a message is the same event. */
export function render({ occurredAt, members }: Message, { time, flat, producedAfter }: Rendering): Buffer {
  const { event_type, ...others } = members;
  const at = renderTime(occurredAt, time);
  const json = {
    ...others,
    [flat ? 'last_event_type' : 'event_type']: event_type,
    [flat ? 'last_occurred_at' : 'occurred_at']: at,
    ...(producedAfter === null ? {} : { event_produced_at: renderTime(occurredAt + producedAfter, time) }),
  };
  return Buffer.from(JSON.stringify(json));
}
