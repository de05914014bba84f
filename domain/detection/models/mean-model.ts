import type { Model } from './model.ts';

/**
 * Means of positive measurements, of whose shape nothing is known but the spread: above as if their logarithm, below as if
 * they themselves were normal. Of the usual shapes these are the ones with the heavier tails, so that neither one slow
 * delivery among three nor one angry review of two is an incident. The window's `observed` is a sum.
 */
export const meanModel: Model = {
  firstDispersion: 0.02,
  leastDispersion: 0.0009,
  allowance: 0,
  mostWeight: 1e6,
  profile: { day: 30, week: 100, follows: false },
  sampling: ({ expected, n }, spread) => (n > 0 ? (spread * expected * expected) / n : 0),
  unit: ({ expected }) => expected * expected,
  deviation: ({ observed, expected }, variance) => {
    if (expected <= 0 || variance <= 0) return 0;
    if (observed <= expected) return (observed - expected) / Math.sqrt(variance);
    const spread = Math.log1p(variance / (expected * expected));
    return Math.log(observed / expected) / Math.sqrt(spread);
  },
  quantile: (z, { expected }, variance) => {
    if (expected <= 0) return 0;
    if (z <= 0) return Math.max(0, expected + z * Math.sqrt(variance));
    return expected * Math.exp(z * Math.sqrt(Math.log1p(variance / (expected * expected))));
  },
};
