import { towards } from './count-model.ts';
import type { Model } from './model.ts';
import { tailDeviation, xLogRatio } from './saddlepoint.ts';

/** No rate is taken for nearer to 0 or 1 than that, or the first case ever would be infinitely unlikely. */
const LEAST_RATE = 1e-4;

function rateOf(expected: number, n: number): number {
  return Math.min(1 - LEAST_RATE, Math.max(LEAST_RATE, n > 0 ? expected / n : 0));
}

/** Parts of a whole: beta-binomial, variance = n p (1 - p) (1 + dispersion (n - 1)). */
export const rateModel: Model = {
  firstDispersion: 0.01,
  leastDispersion: 0.0005,
  mostWeight: 10,
  profile: { day: 30, week: 100, follows: false },
  allowance: 2,
  sampling: ({ expected, n }) => {
    const p = rateOf(expected, n);
    return n * p * (1 - p);
  },
  unit: ({ expected, n }) => {
    const p = rateOf(expected, n);
    return n * p * (1 - p) * Math.max(0, n - 1);
  },
  /** As of a binomial of so many fewer trials as the variance is larger. */
  deviation: ({ observed, expected, n }, variance) => {
    if (n <= 0) return 0;
    const p = rateOf(expected, n);
    const at = towards(observed, n * p);
    if (at === n * p) return 0;
    const fewer = Math.max(1, variance / (n * p * (1 - p)));
    const trials = n / fewer;
    const hits = at / fewer;
    const w2 = xLogRatio(hits, trials * p) + xLogRatio(trials - hits, trials * (1 - p));
    const tilt = Math.log(hits / (trials - hits)) - Math.log(p / (1 - p));
    const u = 2 * Math.sinh(tilt / 2) * Math.sqrt((hits * (trials - hits)) / trials);
    return tailDeviation(Math.sign(at - n * p) * Math.sqrt(Math.max(0, 2 * w2)), u);
  },
  quantile: (z, { expected, n }, variance) => {
    if (n <= 0) return 0;
    const p = rateOf(expected, n);
    const trials = n / Math.max(1, variance / (n * p * (1 - p)));
    const middle = Math.asin(Math.sqrt(p));
    const angle = Math.min(Math.PI / 2, Math.max(0, middle + z / (2 * Math.sqrt(trials))));
    return n * Math.sin(angle) ** 2;
  },
};
