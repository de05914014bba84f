import { pickChannel } from '../lifecycle/order-factory.ts';
import { planStalled } from '../lifecycle/plan.ts';
import type { ScenarioFactory } from './scenario-source.ts';

/**
 * One user orders one product 7 to 10 times, about every 0.7 s: more than 5 within 10 s (FUL-FRAUD-USER), but never 4
 * within a second.
 */
export const userBurst: ScenarioFactory = (world, rng) => ({
  scenario: 'user-burst',
  records: 20,
  incident(at, emit) {
    const customer = world.customers.any(rng);
    const product = world.anyProduct(rng);
    const channel = pickChannel(rng);
    let created = at;
    for (let left = rng.int(7, 10); left > 0; left--) {
      const plan = planStalled(rng, world.compress);
      emit.order(
        world.factory.make(rng, {
          scenario: 'user-burst',
          customer,
          product,
          created,
          channel,
          quantity: 1,
          plan,
        }),
      );
      created += rng.int(450, 950);
    }
  },
});

/** 5 to 9 users order one product within 0.9 s: at least 4 within a second (FUL-FRAUD-PROD). */
export const productBurst: ScenarioFactory = (world, rng) => ({
  scenario: 'product-burst',
  records: 16,
  incident(at, emit) {
    const product = world.anyProduct(rng);
    const orders = rng.int(5, 9);
    for (let i = 0; i < orders; i++) {
      const request = {
        scenario: 'product-burst' as const,
        customer: world.customers.any(rng),
        product,
        created: at + rng.int(0, 900),
        channel: pickChannel(rng),
        plan: planStalled(rng, world.compress),
      };
      emit.order(world.factory.make(rng, request));
    }
  },
});
