import type { Micros } from '../../time/micros.ts';
import { solvePositiveDefinite } from '../statistics/solve-positive-definite.ts';
import { decay } from './decay.ts';
import { GroupEffects, type GroupSum } from './group-effects.ts';
import type { Group, OrderFeatures } from './order-features.ts';

export interface LinearState {
  at: Micros;
  examples: number;
  /** Decayed sums of products of the regressors, and of them with what is explained. */
  products: number[][];
  right: number[];
}

const HALF_LIFE_DAYS = 60;
/** In observations: how strongly coefficients are held at 0; the intercept nearly not at all. */
const RIDGE = 2;
const RIDGE_INTERCEPT = 1e-3;
const MINIMUM_EXAMPLES = 20;

/**
 * The expected logarithm of a duration (an accelerated failure time model): a ridge regression on a few numbers plus an
 * effect for each group, learnt one order at a time by backfitting (Hastie and Tibshirani, Generalized Additive Models,
 * section 4.4). Old orders are forgotten, so it follows a network that becomes slower or faster.
 */
export class DurationModel {
  private readonly groups: GroupEffects[];
  private readonly names: readonly string[];
  private linear: LinearState;
  private coefficients: number[] | null = null;

  constructor(numbers: number, groups: readonly Group[]) {
    this.names = groups.map(({ name }) => name);
    this.groups = groups.map(({ pseudoCount }) => new GroupEffects(pseudoCount));
    const size = numbers + 1;
    this.linear = {
      at: 0,
      examples: 0,
      products: Array.from({ length: size }, () => new Array<number>(size).fill(0)),
      right: new Array<number>(size).fill(0),
    };
  }

  /** The natural logarithm of seconds; null while too few orders are known. */
  expect(features: OrderFeatures): number | null {
    if (this.coefficients === null) return null;
    const effects = this.effects(features, features.at);
    return dot(this.coefficients, this.regressors(features)) + total(effects);
  }

  /** @param now when the duration became known */
  learn(features: OrderFeatures, logSeconds: number, now: Micros): void {
    const effects = this.effects(features, now);
    const regressors = this.regressors(features);
    if (this.coefficients !== null) {
      const rest = logSeconds - dot(this.coefficients, regressors) - total(effects);
      for (const [i, group] of this.groups.entries()) {
        group.learn(features.groups[i] ?? null, rest + effects[i]!, now);
      }
    }
    this.addToSums(regressors, logSeconds - total(effects), now);
    this.solve();
  }

  /** Sums of all, and the sums of each group by name. */
  state(): { linear: LinearState; groups: [string, [string, GroupSum][]][] } {
    return {
      linear: structuredClone(this.linear),
      groups: this.groups.map((group, i) => [this.names[i]!, group.entries()]),
    };
  }

  restoreLinear(linear: LinearState): void {
    this.linear = structuredClone(linear);
    this.solve();
  }

  restoreGroup(name: string, entries: readonly [string, GroupSum][]): void {
    this.groups[this.names.indexOf(name)]?.restore(entries);
  }

  private effects({ groups }: OrderFeatures, now: Micros): number[] {
    return this.groups.map((effects, i) => effects.effect(groups[i] ?? null, now));
  }

  /** A number that is not known is taken for the mean of those that are learnt. */
  private regressors({ numbers }: OrderFeatures): number[] {
    const means = this.linear.products[0]!;
    const weight = means[0]!;
    return [1, ...numbers.map((value, i) => value ?? (weight > 0 ? means[i + 1]! / weight : 0))];
  }

  private addToSums(regressors: readonly number[], explained: number, now: Micros): void {
    const { linear } = this;
    const left = linear.examples === 0 ? 0 : decay(linear.at, now, HALF_LIFE_DAYS);
    for (const [i, value] of regressors.entries()) {
      const row = linear.products[i]!;
      for (const [j, other] of regressors.entries()) row[j] = row[j]! * left + value * other;
      linear.right[i] = linear.right[i]! * left + value * explained;
    }
    linear.at = Math.max(linear.at, now);
    linear.examples += 1;
  }

  private solve(): void {
    const { products, right, examples } = this.linear;
    if (examples < MINIMUM_EXAMPLES) return;
    const ridged = products.map((row, i) =>
      row.map((value, j) => (i === j ? value + (i === 0 ? RIDGE_INTERCEPT : RIDGE) : value)),
    );
    this.coefficients = solvePositiveDefinite(ridged, right);
  }
}

function dot(a: readonly number[], b: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += a[i]! * b[i]!;
  return sum;
}

function total(values: readonly number[]): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}
