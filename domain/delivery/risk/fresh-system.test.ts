import { expect, test } from 'vitest';
import { Prng } from '../../../simulator/timing/prng.ts';
import { deliveryOf } from '../../../test/support/made-up-deliveries.ts';
import { DAY, HOUR, type Micros } from '../../time/micros.ts';
import type { FollowedOrder, Milestone } from '../milestone.ts';
import { LatenessModel } from './lateness-model.ts';

/** Monday: a refit is due at the beginning of the next week only. */
const MONDAY: Micros = 19_359 * DAY;

const NOWHERE = { zip: null, city: null, state: null, latitude: null, longitude: null };

function order(
  number: number,
  handedOverAt: Micros,
  days: { promised: number | null; taken: number },
): FollowedOrder {
  return {
    orderId: `order-${number}`,
    sellerId: null,
    lines: [],
    amount: null,
    region: null,
    from: NOWHERE,
    to: NOWHERE,
    promisedAt: days.promised === null ? null : handedOverAt + Math.round(days.promised * DAY),
    createdAt: handedOverAt,
    approvedAt: null,
    handedOverAt,
    deliveredAt: handedOverAt + Math.round(days.taken * DAY),
    canceledAt: null,
  };
}

/** One order after another, so that each is judged with what is known of all before it. */
function probabilities(milestones: readonly Milestone[]): (number | null)[] {
  const model = new LatenessModel();
  const said: (number | null)[] = [];
  for (const { kind, at, order } of milestones) {
    model.advance(at);
    if (kind === 'HANDED_OVER') said.push(model.assess(order, 'HAND_OVER')?.probability ?? null);
    if (kind === 'DELIVERED') model.learn(order);
  }
  return said;
}

function oneAfterAnother(count: number, taken: () => number, gap: Micros): Milestone[] {
  let at = MONDAY;
  return Array.from({ length: count }, (_, i) => {
    const one = order(i, at, { promised: 2, taken: taken() });
    at = one.deliveredAt! + gap;
    return deliveryOf(one);
  }).flat();
}

/** Durations of 20 orders have to be known before the model can tell what it expects of the next 50. */
const SILENT = 20 + 50;

test('promises of two days that are kept in one: says nothing of the first orders, and then that they are safe', () => {
  const said = probabilities(oneAfterAnother(120, () => 1, HOUR));
  expect(said.slice(0, SILENT)).toEqual(new Array(SILENT).fill(null));
  for (const probability of said.slice(SILENT)) expect(probability).toBeLessThan(0.05);
});

test('in the first week, of many orders at once of which a fifth are late, it calls none probably late', () => {
  const rng = new Prng('share');
  // A fifth takes three days in place of one; all at once, or it would not be within a week.
  const orders = Array.from({ length: 400 }, (_, i) => {
    const taken = rng.chance(0.2) ? 3 : rng.between(0.5, 1.5);
    return order(i, MONDAY + Math.round((i * DAY) / 100), { promised: 2, taken });
  });
  const milestones = orders.flatMap(deliveryOf).sort((a, b) => a.at - b.at);
  expect(milestones.at(-1)!.at).toBeLessThan(MONDAY + 7 * DAY);
  const said = probabilities(milestones).filter((probability) => probability !== null);
  expect(said.length).toBeGreaterThan(150);
  // The first that are known are the quick ones, so it may be too low, but is no alert.
  expect(Math.max(...said)).toBeLessThan(0.5);
});

test('promises of minutes are told apart: those that are kept are safe, those that are broken are not', () => {
  const rng = new Prng('minutes');
  const MINUTE = HOUR / 60;
  const meal = (i: number, at: Micros, promised: number, taken: number) =>
    order(i, at, { promised: (promised * MINUTE) / DAY, taken: (taken * MINUTE) / DAY });
  // Kept with a margin, as a shop on a shortened clock; and of 40 minutes, a fifth of which take an hour.
  const kept = Array.from({ length: 400 }, (_, i) => meal(i, MONDAY + i * MINUTE, 14, rng.between(4, 10)));
  const meals = Array.from({ length: 400 }, (_, i) =>
    meal(i, MONDAY + i * MINUTE, 40, rng.chance(0.2) ? 60 : rng.between(15, 38)),
  );
  const said = (orders: FollowedOrder[]) =>
    probabilities(orders.flatMap(deliveryOf).sort((a, b) => a.at - b.at)).filter((one) => one !== null);
  const safe = said(kept);
  expect(safe.length).toBeGreaterThan(250);
  expect(Math.max(...safe)).toBeLessThan(0.2);
  const risky = said(meals);
  expect(Math.max(...risky)).toBeLessThan(0.5);
  expect(risky.slice(-100).reduce((sum, one) => sum + one, 0) / 100).toBeGreaterThan(0.1);
});

test('what came before the first fit was no prediction, and does not shift the later ones', () => {
  const rng = new Prng('calibration');
  const taken = () => (rng.chance(0.2) ? 3 : rng.between(0.5, 1.5));
  const said = probabilities(oneAfterAnother(200, taken, HOUR)).filter((probability) => probability !== null);
  expect(said).toHaveLength(200 - SILENT);
  const mean = said.reduce((sum, probability) => sum + probability, 0) / said.length;
  expect(Math.abs(mean - 0.2)).toBeLessThan(0.1);
});

test('an order without a promise is expected as soon as some durations are known', () => {
  const model = new LatenessModel();
  for (let i = 0; i < 20; i += 1) model.learn(order(i, MONDAY + i * DAY, { promised: null, taken: 1 }));
  const at = MONDAY + 30 * DAY;
  const { probability, expectedAt } = model.assess(order(99, at, { promised: null, taken: 1 }), 'HAND_OVER')!;
  expect(probability).toBe(0);
  expect(Math.abs(expectedAt - at - DAY)).toBeLessThan(HOUR);
});
