import type { FollowedOrder, Milestone, MilestoneKind, Place } from '../../domain/delivery/milestone.ts';
import { DAY, HOUR, type Micros } from '../../domain/time/micros.ts';
import { Prng } from '../../simulator/timing/prng.ts';

const STATES = ['SP', 'RJ', 'BA', 'AM'] as const;
const BEGIN: Micros = 17_167 * DAY;

/**
 * Milestones of orders whose lead time grows with the distance (and in one state by a half on top), whose promise knows
 * of neither, in the order in which they are followed. So it can be learnt who will be late, but not from the promise.
 */
export function madeUpDeliveries({
  seed,
  orders,
  days,
}: {
  seed: string;
  orders: number;
  days: number;
}): Milestone[] {
  const rng = new Prng(seed);
  const milestones: Milestone[] = [];
  for (let number = 0; number < orders; number += 1) {
    milestones.push(...deliveryOf(madeUpOrder(rng, number, days)));
  }
  return milestones.sort((a, b) => a.at - b.at || (a.order.orderId < b.order.orderId ? -1 : 1));
}

/** What happens to an order, each time as it was known then. */
export function deliveryOf(order: FollowedOrder): Milestone[] {
  const times: [MilestoneKind, Micros | null][] = [
    ['APPROVED', order.approvedAt],
    ['HANDED_OVER', order.handedOverAt],
    ['DELIVERED', order.deliveredAt],
  ];
  return times.flatMap(([kind, at]) => {
    if (at === null) return [];
    const known = (time: Micros | null) => (time !== null && time <= at ? time : null);
    const { handedOverAt, deliveredAt } = order;
    const asOf = { ...order, handedOverAt: known(handedOverAt), deliveredAt: known(deliveredAt) };
    return [{ kind, at, order: asOf, score: null }];
  });
}

function madeUpOrder(rng: Prng, number: number, days: number): FollowedOrder {
  const from = place(rng, 'SP');
  const to = place(rng, rng.pick(STATES));
  const approvedAt = BEGIN + rng.int(0, days * 24 * 60) * (HOUR / 60);
  const handedOverAt = approvedAt + Math.round(rng.between(0.2, 4) * DAY);
  const degrees = Math.hypot(to.latitude! - from.latitude!, to.longitude! - from.longitude!);
  const slow = to.state === 'BA' ? 1.5 : 1;
  const transitDays = (3 + degrees * 0.5) * slow * Math.exp(rng.between(-0.6, 0.6));
  return {
    orderId: `order-${String(number).padStart(6, '0')}`,
    sellerId: `seller-${rng.int(1, 9)}`,
    lines: [
      {
        productId: `product-${rng.int(1, 30)}`,
        sellerId: null,
        quantity: 1,
        price: 50,
        freight: rng.chance(0.9) ? rng.between(5, 40) : null,
        handOverBy: rng.chance(0.9) ? approvedAt + 3 * DAY : null,
        category: rng.pick(['toys', 'books', null]),
        weightG: 500,
        volumeCm3: null,
      },
    ],
    amount: 60,
    region: to.state,
    from,
    to,
    promisedAt: approvedAt + rng.int(10, 25) * DAY,
    createdAt: approvedAt,
    approvedAt,
    handedOverAt,
    deliveredAt: handedOverAt + Math.round(transitDays * DAY),
    canceledAt: null,
  };
}

function place(rng: Prng, state: string): Place {
  const north = STATES.indexOf(state as (typeof STATES)[number]);
  const zip = `${north + 1}${rng.int(1000, 9999)}`;
  return {
    zip: rng.chance(0.95) ? zip : null,
    city: `city ${zip.slice(0, 3)}`,
    state,
    latitude: rng.chance(0.95) ? -23 + north * 5 + rng.between(-1, 1) : null,
    longitude: -46 - north * 3,
  };
}
