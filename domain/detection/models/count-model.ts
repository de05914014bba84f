import type { Model, WindowSums } from './model.ts';
import { tailDeviation, xLogRatio } from './saddlepoint.ts';

const HALF = 0.5;
/** Of the variance-stabilising square root (Anscombe 1948). */
const SHIFT = 3 / 8;

/** Counts: negative binomial, variance = mean + dispersion * mean^2. */
export const countModel: Model = {
  firstDispersion: 0.05,
  leastDispersion: 0.0004,
  mostWeight: 1,
  profile: { day: 3, week: 40, follows: true },
  allowance: 2,
  sampling: ({ expected }) => expected,
  unit: ({ expected }) => expected * expected,
  deviation: ({ observed, expected }: WindowSums, variance) => {
    if (expected <= 0) return 0;
    const at = towards(observed, expected);
    if (at === expected) return 0;
    const shape = (expected * expected) / Math.max(variance - expected, 1e-6 * expected * expected);
    const w2 = xLogRatio(at, expected) - (at + shape) * logRatio(at + shape, expected + shape);
    const tilt = Math.log((at * (expected + shape)) / (expected * (at + shape)));
    const u = 2 * Math.sinh(tilt / 2) * Math.sqrt(at + (at * at) / shape);
    return tailDeviation(Math.sign(at - expected) * Math.sqrt(Math.max(0, 2 * w2)), u);
  },
  quantile: (z, { expected }, variance) => {
    const phi =
      Math.max(variance - expected, 1e-6 * expected * expected) / Math.max(expected * expected, 1e-12);
    const middle = Math.asinh(Math.sqrt(phi * (expected + SHIFT)));
    const root = Math.sinh(Math.max(0, middle + (z * Math.sqrt(phi)) / 2));
    return Math.max(0, (root * root) / phi - SHIFT);
  },
};

/** Half an event towards the mean: a tail includes what was observed. */
export function towards(observed: number, expected: number): number {
  if (observed > expected) return Math.max(expected, observed - HALF);
  return Math.min(expected, observed + HALF);
}

/** ln(x / y): exact for x near y, where the difference is all that counts, and finite for x far below it. */
function logRatio(x: number, y: number): number {
  return x > 0.5 * y ? Math.log1p((x - y) / y) : Math.log(x / y);
}
