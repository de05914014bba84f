import type { Model } from './model.ts';

/**
 * Levels: their variance grows with their height, as that of numbers of people and things does. Above it is as if their
 * square roots, below as if they themselves were normal: idle riders are a small rest of large numbers, and often few. A
 * level lasts, so that a window of n steps knows little more than one step: nothing is gained by chance evening out.
 */
export const gaugeModel: Model = {
  firstDispersion: 1,
  leastDispersion: 1e-9,
  allowance: 0,
  mostWeight: 1e6,
  profile: { day: 3, week: 40, follows: true },
  /** Five in a hundred are nothing, however steady it was. */
  sampling: ({ expected }) => (0.05 * expected) ** 2,
  unit: ({ expected, n }) => expected * n,
  deviation: ({ observed, expected }, variance) => {
    if (expected <= 0 || variance <= 0) return 0;
    if (observed <= expected) return (observed - expected) / Math.sqrt(variance);
    return 2 * (Math.sqrt(observed) - Math.sqrt(expected)) * Math.sqrt(expected / variance);
  },
  quantile: (z, { expected }, variance) => {
    if (expected <= 0) return 0;
    if (z <= 0) return Math.max(0, expected + z * Math.sqrt(variance));
    return (Math.sqrt(expected) + (z / 2) * Math.sqrt(variance / expected)) ** 2;
  },
};
