import { pickChannel } from '../lifecycle/order-factory.ts';
import { givenUp, type PlannedEvent } from '../lifecycle/plan.ts';
import { tellNotBefore } from './ordinary-order.ts';
import type { ScenarioFactory } from './scenario-source.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/**
 * Orders paid 2.2 to 6 hours ago and still not picked (a late order is PAID for more than 2 h). Half of them move on a
 * little later, the others stay until the shop gives them up.
 */
export const lateOrders: ScenarioFactory = (world, rng) => ({
  scenario: 'late-orders',
  records: 4,
  incident(at, emit) {
    const age = rng.between(2.2, 6) * HOUR;
    const plan: PlannedEvent[] = [
      { type: 'ORDER_CREATED', after: 0 },
      { type: 'PAID', after: rng.between(5_000, 60_000) },
    ];
    if (rng.chance(0.5)) {
      const picking = age + rng.lognormal(60 * MINUTE, 0.5) / world.compress + 5_000;
      plan.push(
        { type: 'PICKING', after: picking },
        { type: 'PACKED', after: picking + (15 * MINUTE) / world.compress },
        { type: 'SHIPPED', after: picking + (2 * HOUR) / world.compress },
        { type: 'DELIVERED', after: picking + (20 * HOUR) / world.compress },
      );
    } else {
      plan.push(givenUp(rng, age, world.compress));
    }
    const order = world.factory.make(rng, {
      scenario: 'late-orders',
      customer: world.customers.any(rng),
      product: world.anyProduct(rng),
      created: at - age,
      channel: pickChannel(rng),
      plan,
    });
    tellNotBefore(order, rng, at);
    emit.order(order);
  },
});
