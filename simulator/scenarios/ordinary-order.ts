import type { Order } from '../lifecycle/order.ts';
import { pickChannel } from '../lifecycle/order-factory.ts';
import { planLife } from '../lifecycle/plan.ts';
import { address } from '../people/addresses.ts';
import type { Scenario } from '../record.ts';
import type { Prng } from '../timing/prng.ts';
import type { World } from './scenario-source.ts';

/** An order as any customer might place it at `created`, with its whole life. */
export function ordinaryOrder(
  world: World,
  rng: Prng,
  scenario: Scenario,
  created: number,
  compress = world.compress,
): Order {
  const channel = pickChannel(rng);
  const order = world.factory.make(rng, {
    scenario,
    customer: world.customers.any(rng),
    product: world.anyProduct(rng),
    created,
    channel,
    plan: planLife(rng, compress, channel === 'openmarket'),
  });
  correct(order, rng);
  return order;
}

/** Fills in what an ORDER_UPDATED step corrects: the house (kept by everything after it) or the quantity. */
function correct(order: Order, rng: Prng): void {
  const at = order.steps.findIndex((step) => step.type === 'ORDER_UPDATED');
  const step = order.steps[at];
  if (step === undefined) return;
  if (rng.chance(0.3)) {
    step.quantity = order.quantity + 1;
    return;
  }
  const korean = /[가-힣]/.test(order.customer.line);
  const corrected = JSON.stringify(address(rng, korean ? 'ko' : 'en').line);
  for (const later of order.steps.slice(at)) later.addressJson = corrected;
}

/** Sends nothing of the order before `notBefore`: it happened earlier, and is told now. */
export function tellNotBefore(order: Order, rng: Prng, notBefore: number): void {
  let at = notBefore;
  for (const step of order.steps) {
    at = Math.max(step.at, at + rng.int(1, 40));
    step.at = at;
  }
}

/** Restores the order of sending after steps were delayed or copied; equal times keep their order. */
export function sortSteps(order: Order): void {
  order.steps.sort((a, b) => a.at - b.at);
}
