import { describe, expect, test } from 'vitest';
import { evaluateChurn } from '../../bench/churn/evaluate-churn.ts';
import { madeUpCustomers } from '../../bench/churn/made-up-customers.ts';
import { DAY } from '../time/micros.ts';
import { silenceProbability } from './bg-nbd.ts';
import { ChurnModel, trainChurnModel } from './churn-model.ts';
import { churnExamples } from './transaction-log.ts';

const FROM = 20_000 * DAY;
const HORIZON = 28 * DAY;
const ORDERS = madeUpCustomers({ seed: 3, customers: 1500, from: FROM, days: 200 });

describe('a model of made-up customers', () => {
  const evaluation = evaluateChurn(ORDERS, { asOf: FROM + 170 * DAY, horizon: HORIZON, onlyActive: true });

  test('tells who stays away better than the time since the last order does, and is calibrated', () => {
    expect(evaluation.kind).toBe('LOGISTIC');
    expect(evaluation.all.auc).toBeGreaterThan(0.88);
    expect(evaluation.all.auc).toBeGreaterThan(evaluation.all.recencyAuc! + 0.01);
    expect(evaluation.all.aucInterval!.low).toBeGreaterThan(0.85);
    expect(evaluation.all.ece).toBeLessThan(0.05);
  });

  test('late and refused orders raise the odds of churn, the value of orders does nothing', () => {
    const ratio = (feature: string) => evaluation.effects.find((one) => one.feature === feature)!.oddsRatio;
    expect(ratio('late')).toBeGreaterThan(1.05);
    expect(ratio('refusals')).toBeGreaterThan(1.05);
    expect(Math.abs(Math.log(ratio('value')))).toBeLessThan(0.15);
  });
});

describe('trainChurnModel', () => {
  const examples = churnExamples(ORDERS, FROM + 120 * DAY, HORIZON);
  const model = trainChurnModel(examples, HORIZON);

  test('reasons are what a customer differs in from the mean one', () => {
    const { history, asOf } = examples[7]!;
    const sum = model.reasons(history, asOf).reduce((total, { effect }) => total + effect, 0);
    const logit = sum + model.state.logistic!.coefficients[0]!;
    expect(model.probability(history, asOf)).toBeCloseTo(1 / (1 + Math.exp(-logit)), 12);
    const effects = model.reasons(history, asOf).map(({ effect }) => Math.abs(effect));
    expect(effects).toEqual(effects.toSorted((a, b) => b - a));
  });

  test('is the same after it was written down', () => {
    const read = new ChurnModel(JSON.parse(JSON.stringify(model.state)));
    for (const { history, asOf } of examples.slice(0, 50)) {
      expect(read.probability(history, asOf)).toBe(model.probability(history, asOf));
    }
  });

  test('of a few customers BG/NBD speaks alone', () => {
    for (const few of [[], examples.slice(0, 30)]) {
      const prior = trainChurnModel(few, HORIZON);
      const { history, asOf } = examples[0]!;
      expect(prior.kind).toBe('PRIOR');
      expect(prior.effects()).toEqual([]);
      expect(prior.probability(history, asOf)).toBe(
        silenceProbability(history, asOf, HORIZON, prior.state.context.bgNbd),
      );
    }
  });
});

test('examples know nothing of what came after their moment but whether there was an order', () => {
  const asOf = FROM + 90 * DAY;
  const past = ORDERS.filter(({ at }) => at <= asOf);
  const known = churnExamples(ORDERS, asOf, HORIZON);
  const without = churnExamples(past, asOf, HORIZON);
  expect(known.map(({ history }) => history)).toEqual(without.map(({ history }) => history));
  expect(without.every(({ churned }) => churned)).toBe(true);
  const came = ORDERS.filter(({ at }) => at > asOf && at <= asOf + HORIZON).map(
    ({ customerId }) => customerId,
  );
  const returned = new Set(came);
  expect(known.map(({ churned }) => churned)).toEqual(
    known.map(({ history }) => !returned.has(history.customerId)),
  );
});
