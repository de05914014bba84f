import type { Order } from '../lifecycle/order.ts';
import { TYPICAL_LIFE_MS } from '../lifecycle/plan.ts';
import type { Prng } from '../timing/prng.ts';
import { ordinaryOrder, sortSteps, tellNotBefore } from './ordinary-order.ts';
import type { ScenarioFactory } from './scenario-source.ts';

const DAY = 86_400_000;

/**
 * Orders whose events arrive late or in the wrong order: single steps held back, a whole life told in one go (half of
 * them backwards), and lives that ended up to 20 days ago.
 */
export const lateEvents: ScenarioFactory = (world, rng) => ({
  scenario: 'late-events',
  records: 5.6,
  incident(at, emit) {
    const life = TYPICAL_LIFE_MS / world.compress;
    if (rng.chance(0.2)) {
      const old = ordinaryOrder(world, rng, 'late-events', at - rng.between(1.5, 20) * DAY - life);
      tellNotBefore(old, rng, at);
      emit.order(old);
      return;
    }
    const order = ordinaryOrder(world, rng, 'late-events', at);
    if (rng.chance(0.5)) holdBack(order, rng, life);
    else tellInOneGo(order, rng, life);
    sortSteps(order);
    emit.order(order);
  },
});

function holdBack(order: Order, rng: Prng, life: number): void {
  for (const step of order.steps)
    if (rng.chance(0.4)) step.at += Math.round(rng.between(2_000, 10_000 + life / 3));
}

function tellInOneGo(order: Order, rng: Prng, life: number): void {
  const last = order.steps.at(-1)?.at ?? 0;
  const told = Math.round(Math.min(last, (order.steps[0]?.at ?? 0) + life / 2));
  const backwards = rng.chance(0.5);
  const count = order.steps.length;
  order.steps.forEach((step, i) => {
    // What had not happened by then is told when it does.
    if (step.at <= told) step.at = told + 3 * (backwards ? count - i : i);
  });
}
