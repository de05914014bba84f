import { normalQuantile } from '../delivery/statistics/normal.ts';

export interface Proportion {
  rate: number;
  low: number;
  high: number;
}

const Z = normalQuantile(0.975);

/** A share with its 95 % interval (Wilson, 1927), which holds for few and for rates near 0 and 1 too. Null of none. */
export function proportion(happened: number, of: number): Proportion | null {
  if (of === 0) return null;
  const rate = happened / of;
  const centre = (rate + (Z * Z) / (2 * of)) / (1 + (Z * Z) / of);
  const half = (Z / (1 + (Z * Z) / of)) * Math.sqrt((rate * (1 - rate)) / of + (Z * Z) / (4 * of * of));
  return { rate, low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}

/** The difference `a - b` of two independent shares, with its 95 % interval (Newcombe, 1998, method 10). */
export function proportionDifference(a: Proportion, b: Proportion): Proportion {
  const rate = a.rate - b.rate;
  return {
    rate,
    low: rate - Math.hypot(a.rate - a.low, b.high - b.rate),
    high: rate + Math.hypot(a.high - a.rate, b.rate - b.low),
  };
}
