import { fitLogistic, logistic } from '../delivery/statistics/logistic-regression.ts';
import type { Micros } from '../time/micros.ts';
import { type BgNbdParameters, fitBgNbd, silenceProbability, USUAL_BG_NBD } from './bg-nbd.ts';
import { CHURN_FEATURES, type ChurnFeature, churnFeatures, type FeatureContext } from './churn-features.ts';
import { type ChurnExample, type CustomerHistory, inDays, meanGap } from './customer-history.ts';

/** All that a model is: numbers, as they are kept. */
export interface ChurnModelState {
  context: FeatureContext;
  /** Null: too few examples; BG/NBD speaks alone. */
  logistic: { means: number[]; spreads: number[]; coefficients: number[] } | null;
}

/** Odds of churn are multiplied by `oddsRatio` for one `spread` (standard deviation) more of the feature, the others as they are. */
export interface FeatureEffect {
  feature: ChurnFeature;
  mean: number;
  spread: number;
  coefficient: number;
  oddsRatio: number;
}

/** Why a customer is more, or less, likely to stay away than the mean one: `effect` is added to the log-odds. */
export interface Reason {
  feature: ChurnFeature;
  value: number;
  effect: number;
}

/** Fewer of either outcome say nothing about nine features. */
const ENOUGH_OF_EACH = 40;
/** Customers with a second order from which BG/NBD has parameters of its own. */
const ENOUGH_REPEATERS = 50;
/** BG/NBD is fitted to at most so many: 200 steps of the search are 0.2 s then. */
const MOST_FOR_BG_NBD = 2000;
/** Of the coefficients of standardised features: effects of more than a few units are not believed without reason. */
const PRECISION = 0.5;
const INTERCEPT_PRECISION = 0.01;

/** P(no order within the horizon), from what is known of a customer: logistic regression, or BG/NBD as long as there is little. */
export class ChurnModel {
  readonly state: ChurnModelState;

  constructor(state: ChurnModelState) {
    this.state = state;
  }

  get kind(): 'LOGISTIC' | 'PRIOR' {
    return this.state.logistic === null ? 'PRIOR' : 'LOGISTIC';
  }

  probability(history: CustomerHistory, now: Micros): number {
    const { logistic: fitted, context } = this.state;
    if (fitted === null) return silenceProbability(history, now, context.horizon, context.bgNbd);
    const effects = this.standardised(history, now).map((value, i) => value * fitted.coefficients[i + 1]!);
    return logistic(effects.reduce((sum, effect) => sum + effect, fitted.coefficients[0]!));
  }

  /** The strongest first; none where BG/NBD speaks alone. */
  reasons(history: CustomerHistory, now: Micros): Reason[] {
    const { logistic: fitted, context } = this.state;
    if (fitted === null) return [];
    const values = churnFeatures(history, now, context);
    return this.standardised(history, now)
      .map((value, i) => ({
        feature: CHURN_FEATURES[i]!,
        value: values[i]!,
        effect: value * fitted.coefficients[i + 1]!,
      }))
      .sort((a, b) => Math.abs(b.effect) - Math.abs(a.effect));
  }

  effects(): FeatureEffect[] {
    const { logistic: fitted } = this.state;
    if (fitted === null) return [];
    return CHURN_FEATURES.map((feature, i) => {
      const coefficient = fitted.coefficients[i + 1]!;
      return {
        feature,
        mean: fitted.means[i]!,
        spread: fitted.spreads[i]!,
        coefficient,
        oddsRatio: Math.exp(coefficient),
      };
    });
  }

  private standardised(history: CustomerHistory, now: Micros): number[] {
    const { means, spreads } = this.state.logistic!;
    return churnFeatures(history, now, this.state.context).map(
      (value, i) => (value - means[i]!) / spreads[i]!,
    );
  }
}

/**
 * Learns from customers as they were, and what came. The same for the same examples in the same order.
 *
 * @param horizon after which the outcome of each example was known
 */
export function trainChurnModel(examples: readonly ChurnExample[], horizon: Micros): ChurnModel {
  const context = { ...usualOf(examples), horizon, bgNbd: bgNbdOf(examples) };
  const churned = examples.filter((one) => one.churned).length;
  if (Math.min(churned, examples.length - churned) < ENOUGH_OF_EACH) {
    return new ChurnModel({ context, logistic: null });
  }
  const rows = examples.map(({ history, asOf }) => churnFeatures(history, asOf, context));
  const means = CHURN_FEATURES.map((_, i) => mean(rows.map((row) => row[i]!)));
  const spreads = CHURN_FEATURES.map(
    (_, i) => Math.sqrt(mean(rows.map((row) => (row[i]! - means[i]!) ** 2))) || 1,
  );
  const columns = [0, ...CHURN_FEATURES.map((_, i) => i + 1)];
  const coefficients = fitLogistic(
    rows.map((row, i) => ({
      columns,
      values: [1, ...row.map((value, j) => (value - means[j]!) / spreads[j]!)],
      outcome: examples[i]!.churned ? 1 : 0,
      weight: 1,
    })),
    {
      means: columns.map(() => 0),
      precisions: columns.map((column) => (column === 0 ? INTERCEPT_PRECISION : PRECISION)),
    },
  );
  return new ChurnModel({ context, logistic: { means, spreads, coefficients } });
}

function usualOf(examples: readonly ChurnExample[]): Pick<FeatureContext, 'usualGapDays' | 'usualValue'> {
  let [gaps, days] = [0, 0];
  for (const { history } of examples) {
    gaps += history.orders - 1;
    days += (history.orders - 1) * inDays(meanGap(history) ?? 0);
  }
  const values = examples.flatMap(({ history }) => history.meanValue ?? []);
  return { usualGapDays: gaps === 0 ? 30 : days / gaps, usualValue: values.length === 0 ? 0 : mean(values) };
}

/** Of the latest moment alone: the same customer at two moments is no second one. */
function bgNbdOf(examples: readonly ChurnExample[]): BgNbdParameters {
  const latest = examples.reduce((at, { asOf }) => Math.max(at, asOf), Number.NEGATIVE_INFINITY);
  const customers = examples.filter(({ asOf }) => asOf === latest).map(({ history }) => history);
  if (customers.filter(({ orders }) => orders > 1).length < ENOUGH_REPEATERS) return USUAL_BG_NBD;
  const every = Math.ceil(customers.length / MOST_FOR_BG_NBD);
  return fitBgNbd(
    customers.filter((_, i) => i % every === 0),
    latest,
  );
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
