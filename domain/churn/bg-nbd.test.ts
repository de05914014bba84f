import { describe, expect, test } from 'vitest';
import { uniform } from '../statistics/uniform.ts';
import { DAY } from '../time/micros.ts';
import { fitBgNbd, silenceProbability, USUAL_BG_NBD } from './bg-nbd.ts';
import type { CustomerHistory } from './customer-history.ts';
import { logGamma } from './log-gamma.ts';
import { minimize } from './minimize.ts';

const NOW = 20_000 * DAY;

function history(orders: number, firstDaysAgo: number, lastDaysAgo: number): CustomerHistory {
  return {
    ...{ customerId: 'c', region: null, orders, meanValue: null, late: 0, refusals: 0 },
    firstAt: NOW - firstDaysAgo * DAY,
    lastAt: NOW - lastDaysAgo * DAY,
  };
}

describe('silenceProbability', () => {
  // By simulating the model itself: customers with this history, and how many of them stay silent.
  test('is what the model says, counted', () => {
    const random = uniform(12);
    const exponential = () => -Math.log(1 - random());
    const parameters = { r: 1, alpha: 10, a: 1, b: 3 };
    let [alike, silent] = [0, 0];
    for (let i = 0; i < 400_000; i += 1) {
      const rate = exponential() / parameters.alpha;
      const leaves = 1 - random() ** (1 / parameters.b);
      const times: number[] = [];
      for (let at = 0, stays = true; stays; ) {
        at += exponential() / rate;
        if (at > 60) break;
        times.push(at);
        stays = random() >= leaves;
      }
      const past = times.filter((at) => at <= 40);
      if (past.length !== 2 || past[1]! < 24 || past[1]! > 26) continue;
      alike += 1;
      if (past.length === times.length) silent += 1;
    }
    expect(alike).toBeGreaterThan(1000);
    expect(silenceProbability(history(3, 40, 15), NOW, 20 * DAY, parameters)).toBeCloseTo(silent / alike, 1);
  });

  test('grows with silence, and falls with the time one waits', () => {
    const at = (lastDaysAgo: number, horizon: number) =>
      silenceProbability(history(6, 100, lastDaysAgo), NOW, horizon * DAY, USUAL_BG_NBD);
    expect(at(2, 28)).toBeLessThan(at(30, 28));
    expect(at(30, 28)).toBeLessThan(at(70, 28));
    expect(at(30, 90)).toBeLessThan(at(30, 28));
  });
});

test('a fit finds the parameters of a crowd', () => {
  const random = uniform(5);
  const exponential = () => -Math.log(1 - random());
  const customers = Array.from({ length: 2000 }, () => {
    const rate = exponential() / 15;
    const [age, leaves] = [60 + 60 * random(), 1 - random() ** (1 / 4)];
    let [at, last, orders] = [0, 0, 1];
    for (let stays = true; stays; ) {
      at += exponential() / rate;
      if (at > age) break;
      last = at;
      orders += 1;
      stays = random() >= leaves;
    }
    return history(orders, age, age - last);
  });
  const { r, alpha, a, b } = fitBgNbd(customers, NOW);
  expect(r).toBeGreaterThan(0.8);
  expect(r).toBeLessThan(1.25);
  expect(alpha / r).toBeGreaterThan(11);
  expect(alpha / r).toBeLessThan(20);
  expect(a / (a + b)).toBeGreaterThan(0.15);
  expect(a / (a + b)).toBeLessThan(0.25);
});

test.each([
  [1, 0],
  [5, Math.log(24)],
  [0.5, Math.log(Math.sqrt(Math.PI))],
  [100.5, 361.4355404678],
])('ln Gamma(%d)', (x, expected) => {
  expect(logGamma(x)).toBeCloseTo(expected, 8);
});

test('minimize finds the bottom of a bent valley', () => {
  const rosenbrock = ([x = 0, y = 0]: readonly number[]) => (1 - x) ** 2 + 100 * (y - x * x) ** 2;
  const [x, y] = minimize(rosenbrock, [-1, 1], 400);
  expect(x).toBeCloseTo(1, 2);
  expect(y).toBeCloseTo(1, 2);
});
