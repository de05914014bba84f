import fc from 'fast-check';
import type {
  FollowedOrder,
  Milestone,
  MilestoneKind,
  OrderLine,
  Place,
} from '../../../domain/delivery/milestone.ts';
import { parseIso8601 } from '../../../domain/time/iso8601.ts';
import { HOUR, type Micros } from '../../../domain/time/micros.ts';

/** What becomes of an order, in hours since {@link JOURNEYS_FROM}; null: never. */
export interface Journey {
  orderId: string;
  lines: readonly OrderLine[];
  from: Place;
  to: Place;
  promised: number | null;
  created: number;
  approved: number | null;
  handedOver: number | null;
  delivered: number | null;
  canceled: number | null;
  reviews: readonly { at: number; score: number }[];
}

/** A Thursday near the end of a month. */
export const JOURNEYS_FROM: Micros = parseIso8601('2026-01-22T05:00:00Z')!;

const RANKS: Readonly<Record<MilestoneKind, number>> = {
  CREATED: 0,
  APPROVED: 1,
  HANDED_OVER: 2,
  DELIVERED: 3,
  CANCELED: 4,
  REVIEWED: 5,
};

const PLACES: readonly Place[] = [
  { zip: '01000', city: 'sao paulo', state: 'SP', latitude: -23.5, longitude: -46.6 },
  { zip: '20000', city: 'rio de janeiro', state: 'RJ', latitude: -22.9, longitude: -43.2 },
  { zip: null, city: null, state: null, latitude: null, longitude: null },
];

const place = fc.constantFrom(...PLACES);

const line: fc.Arbitrary<OrderLine> = fc.record({
  productId: fc.constantFrom('p0', 'p1', 'p2', 'p3', 'p4'),
  sellerId: fc.constantFrom('s0', 's1', 's2', null),
  quantity: fc.integer({ min: 1, max: 3 }),
  price: fc.option(fc.integer({ min: 1, max: 50 })),
  freight: fc.constant(null),
  handOverBy: fc.option(fc.integer({ min: 0, max: 1500 }).map(timeAt)),
  category: fc.constantFrom('toys', null),
  weightG: fc.constant(null),
  volumeCm3: fc.constant(null),
});

const duration = fc.oneof(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 300 }));

/** Mostly as it should be; some orders stop on the way, are canceled at any moment, or are handed over before they are approved. */
const journey = fc
  .record({
    lines: fc.array(line, { minLength: 1, maxLength: 2 }),
    from: place,
    to: place,
    created: fc.integer({ min: 0, max: 1200 }),
    promised: fc.option(duration, { freq: 5 }),
    approval: duration,
    preparation: duration,
    transit: duration,
    reaches: fc.oneof(
      { weight: 6, arbitrary: fc.constant('delivery') },
      { weight: 3, arbitrary: fc.constantFrom('creation', 'approval', 'hand-over') },
      { weight: 1, arbitrary: fc.constantFrom('impossible', 'unapproved') },
    ),
    /** Since its creation: before or after anything else that is said of it. */
    cancelAfter: fc.option(fc.integer({ min: 0, max: 400 }), { freq: 2 }),
    reviews: fc.array(fc.record({ at: duration, score: fc.integer({ min: 1, max: 5 }) }), { maxLength: 2 }),
  })
  .map(({ created, approval, preparation, transit, reaches, cancelAfter, promised, reviews, ...order }) => {
    const approvedAt = created + approval;
    const goesOn = reaches !== 'creation' && reaches !== 'approval';
    const handedOver = goesOn ? approvedAt + preparation : null;
    const isDelivered = goesOn && reaches !== 'hand-over';
    const delivered = isDelivered ? approvedAt + preparation + transit : null;
    const approved =
      reaches === 'impossible' ? approvedAt + preparation + 1 : reaches.startsWith('un') ? null : approvedAt;
    const last = Math.max(created, handedOver ?? 0, reaches === 'creation' ? 0 : (approved ?? 0));
    return {
      ...order,
      created,
      approved: reaches === 'creation' ? null : approved,
      handedOver,
      delivered,
      promised: promised === null ? null : created + promised,
      canceled: cancelAfter === null ? null : created + cancelAfter,
      reviews: reviews.map((review) => ({ ...review, at: last + review.at })),
    };
  });

/** Orders of a few sellers and products, within seven weeks. */
export function journeys(constraints: { minLength?: number; maxLength?: number }): fc.Arbitrary<Journey[]> {
  return fc
    .array(journey, { ...constraints, size: 'max' })
    .map((list) => list.map((of, index) => ({ ...of, orderId: `o${String(index).padStart(3, '0')}` })));
}

function timeAt(hours: number): Micros {
  return JOURNEYS_FROM + hours * HOUR;
}

/** All milestones of these orders in their order; each holds what is known then, and nothing of later. */
export function milestonesOf(list: readonly Journey[]): Milestone[] {
  return list
    .flatMap(milestonesOfOne)
    .sort(
      (a, b) =>
        a.at - b.at ||
        (a.order.orderId < b.order.orderId ? -1 : a.order.orderId > b.order.orderId ? 1 : 0) ||
        RANKS[a.kind] - RANKS[b.kind],
    );
}

function milestonesOfOne(of: Journey): Milestone[] {
  const times: [MilestoneKind, number | null, number | null][] = [
    ['CREATED', of.created, null],
    ['APPROVED', of.approved, null],
    ['HANDED_OVER', of.handedOver, null],
    ['DELIVERED', of.delivered, null],
    ['CANCELED', of.canceled, null],
    ...of.reviews.map(({ at, score }): [MilestoneKind, number, number] => ['REVIEWED', at, score]),
  ];
  return times.flatMap(([kind, hours, score]) =>
    hours === null ? [] : [{ kind, at: timeAt(hours), order: knownAt(of, hours), score }],
  );
}

/** What happens at the same moment is known already, as in the rows of the database. */
function knownAt(of: Journey, hours: number): FollowedOrder {
  const known = (at: number | null) => (at !== null && at <= hours ? timeAt(at) : null);
  return {
    orderId: of.orderId,
    sellerId: of.lines[0]?.sellerId ?? null,
    lines: of.lines,
    amount: null,
    region: of.to.state,
    from: of.from,
    to: of.to,
    promisedAt: of.promised === null ? null : timeAt(of.promised),
    createdAt: known(of.created),
    approvedAt: known(of.approved),
    handedOverAt: known(of.handedOver),
    deliveredAt: known(of.delivered),
    canceledAt: known(of.canceled),
  };
}
