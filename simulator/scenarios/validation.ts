import { pickChannel } from '../lifecycle/order-factory.ts';
import { planStalled } from '../lifecycle/plan.ts';
import type { Prng } from '../timing/prng.ts';
import type { ScenarioFactory } from './scenario-source.ts';

type Spoil = (
  order: { userJson: string | undefined; addressJson: string | undefined },
  line: string,
  rng: Prng,
) => void;

/** What makes an order invalid (FUL-VALID). */
const INVALID: readonly Spoil[] = [
  (order) => {
    order.userJson = undefined;
  },
  (order, _line, rng) => {
    order.userJson = rng.pick(['""', 'null']);
  },
  (order) => {
    order.addressJson = undefined;
  },
  (order, _line, rng) => {
    order.addressJson = JSON.stringify(rng.pick(['', '    ', '서울', ' 부산시 ', 'Jeju', '\t\n']));
  },
  (order, _line, rng) => {
    order.addressJson = JSON.stringify(
      rng.pick(['Unknown', 'UNKNOWN', 'unknown', ' null, null ', '? ? ? ? ?']),
    );
  },
  (order, line, rng) => {
    order.addressJson = JSON.stringify(`${line}, ${rng.pick(['?', 'Unknown', 'unknown', 'NULL', 'null'])}`);
  },
  (order, line, rng) => {
    order.addressJson = JSON.stringify(`${rng.pick(['NULL', '?', 'UnKnown'])},${line}`);
  },
];

/** What looks odd and is fine. */
const VALID: readonly Spoil[] = [
  (order, line) => {
    order.addressJson = JSON.stringify(`${line} 123`);
  },
  (order, line) => {
    order.addressJson = JSON.stringify(`  ${line} Unknownville  `);
  },
  (order) => {
    order.addressJson = JSON.stringify('세종 나성로1');
  },
  (order, line) => {
    order.addressJson = JSON.stringify(`${line} (문 앞에 놓아주세요?)`);
  },
];

/** Orders with a missing user or an address nobody can deliver to; one in seven only looks like it. */
export const validation: ScenarioFactory = (world, rng) => ({
  scenario: 'validation',
  records: 2.4,
  incident(at, emit) {
    const customer = world.customers.any(rng);
    const plan = planStalled(rng, world.compress, rng.chance(0.4));
    const order = world.factory.make(rng, {
      scenario: 'validation',
      customer,
      product: world.anyProduct(rng),
      created: at,
      channel: pickChannel(rng),
      plan,
    });
    order.invalid = rng.chance(6 / 7);
    rng.pick(order.invalid ? INVALID : VALID)(order, customer.line, rng);
    const update = order.steps.findIndex((step) => step.type === 'ORDER_UPDATED');
    if (update >= 0) for (const step of order.steps.slice(update)) step.addressJson = customer.lineJson;
    emit.order(order);
  },
});
