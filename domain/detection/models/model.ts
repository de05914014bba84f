import type { ProfilePrior } from '../seasonal-mean.ts';
import type { SeriesKind } from '../series-point.ts';
import { countModel } from './count-model.ts';
import { gaugeModel } from './gauge-model.ts';
import { meanModel } from './mean-model.ts';
import { rateModel } from './rate-model.ts';

/** Sums over a window of steps. */
export interface WindowSums {
  observed: number;
  expected: number;
  /** What the observed came from: steps, trials, measurements. */
  n: number;
}

/**
 * How numbers of one kind scatter about what is expected: variance = sampling + dispersion * unit + (error * expected)^2,
 * where `dispersion` is what a series has beyond chance, and `error` how well its mean is known.
 */
export interface Model {
  /** Dispersion that is supposed before anything is known. */
  readonly firstDispersion: number;
  readonly leastDispersion: number;
  /** Information that one event may be worth: of rates near 1 each would be worth ever more, and the rate never leave 1. */
  readonly mostWeight: number;
  readonly profile: ProfilePrior;
  /** Variance by chance alone. @param spread squared coefficient of variation of one measurement; MEAN only */
  sampling(window: WindowSums, spread: number): number;
  unit(window: WindowSums): number;
  /** Deviation from what is expected in standard deviations of a normal distribution with the same tail. */
  deviation(window: WindowSums, variance: number): number;
  /** The observed that deviates by z; not below 0. */
  quantile(z: number, window: WindowSums, variance: number): number;
  /** How much the largest value that is learned from may lie beyond 2.5 standard deviations. */
  readonly allowance: number;
}

const MODELS: Readonly<Record<SeriesKind, Model>> = {
  COUNT: countModel,
  RATE: rateModel,
  MEAN: meanModel,
  GAUGE: gaugeModel,
};

export function modelOf(kind: SeriesKind): Model {
  return MODELS[kind];
}
