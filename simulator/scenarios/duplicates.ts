import type { Step } from '../lifecycle/order.ts';
import { ordinaryOrder, sortSteps } from './ordinary-order.ts';
import type { ScenarioFactory } from './scenario-source.ts';

/**
 * Orders told more than once: the same bytes again, the same event produced again, and now and then the same event_id
 * with other content (which is no duplicate but a second fact).
 */
export const duplicates: ScenarioFactory = (world, rng) => ({
  scenario: 'duplicates',
  records: 9.5,
  incident(at, emit) {
    const order = ordinaryOrder(world, rng, 'duplicates', at);
    // A partner may leave out event_produced_at, and then a resent event is the same bytes.
    if (order.channel === 'partner') order.channel = 'web';
    const copies: Step[] = [];
    const burstLength = rng.chance(0.1) ? 4 : 1;
    for (const step of order.steps) {
      const later = step.at + rng.int(0, 6_000);
      const kind = rng.next();
      if (kind < 0.45) {
        for (let i = 0; i < burstLength; i++) copies.push({ ...step, copy: 'exact', at: later + i });
      } else if (kind < 0.7) {
        copies.push({ ...step, copy: 'resent', at: later + 1, produced: step.produced + rng.int(1, 5_000) });
      } else if (kind < 0.75 && step.type !== 'ORDER_CREATED' && step.type !== 'ORDER_UPDATED') {
        copies.push({ ...step, copy: 'conflicting', at: later + 1, quantity: order.quantity + 7 });
      }
    }
    order.steps.push(...copies);
    sortSteps(order);
    emit.order(order);
  },
});
