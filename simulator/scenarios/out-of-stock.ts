import type { Product } from '../catalogue/products.ts';
import { pickChannel } from '../lifecycle/order-factory.ts';
import { givenUp, type PlannedEvent } from '../lifecycle/plan.ts';
import type { Prng } from '../timing/prng.ts';
import type { ScenarioFactory } from './scenario-source.ts';

const MINUTE = 60_000;
const SEEN_PAID_AFTER = 1_500;

/**
 * A product with 0 to 3 pieces is ordered 2 to 4 times more often than there are pieces (FUL-INV). Single pieces, nobody
 * cancels for half a day (which is not compressed) and no two arrive within 0.7 s, so the number of orders that must be held
 * does not depend on who is first.
 */
export const outOfStock: ScenarioFactory = (world, rng) => {
  const scarce = world.products.slice(world.products.length - world.scarce);
  let next = 0;
  return {
    scenario: 'out-of-stock',
    records: 15,
    incident(at, emit) {
      const product = scarce[next++ % scarce.length] as Product;
      const pieces = product.openingStock ?? 0;
      const orders = pieces + rng.int(2, 4);
      let created = at;
      for (let i = 0; i < orders; i++) {
        const request = {
          scenario: 'out-of-stock' as const,
          customer: world.customers.any(rng),
          product,
          created,
          channel: pickChannel(rng),
          quantity: 1,
          plan: i < pieces ? shipped(world.compress) : unlucky(rng),
        };
        emit.order(world.factory.make(rng, request));
        created += rng.int(700, 1_900);
      }
    },
  };
};

const paid = (): PlannedEvent[] => [
  { type: 'ORDER_CREATED', after: 0 },
  { type: 'PAID', after: SEEN_PAID_AFTER },
];

const unlucky = (rng: Prng): PlannedEvent[] => [...paid(), givenUp(rng, SEEN_PAID_AFTER, 1)];

function shipped(compress: number): PlannedEvent[] {
  return [
    ...paid(),
    { type: 'PICKING', after: SEEN_PAID_AFTER + (20 * MINUTE) / compress },
    { type: 'PACKED', after: SEEN_PAID_AFTER + (35 * MINUTE) / compress },
    { type: 'SHIPPED', after: SEEN_PAID_AFTER + (160 * MINUTE) / compress },
    { type: 'DELIVERED', after: SEEN_PAID_AFTER + (1_400 * MINUTE) / compress },
  ];
}
