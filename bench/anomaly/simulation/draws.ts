import type { Prng } from '../../../simulator/timing/prng.ts';

export function normal(random: Prng): number {
  return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
}

/** Gamma with a mean and a shape (Marsaglia and Tsang, 2000). */
export function gammaWithMean(random: Prng, mean: number, shape: number): number {
  if (shape < 1) {
    return gammaWithMean(random, mean * (1 + 1 / shape), shape + 1) * (1 - random.next()) ** (1 / shape);
  }
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const z = normal(random);
    const v = (1 + c * z) ** 3;
    if (v > 0 && Math.log(1 - random.next()) < (z * z) / 2 + d - d * v + d * Math.log(v))
      return (mean * d * v) / shape;
  }
}

/** Poisson of a gamma: variance = mean + dispersion * mean^2. */
export function negativeBinomial(random: Prng, mean: number, dispersion: number): number {
  if (mean <= 0) return 0;
  return random.poisson(dispersion > 0 ? gammaWithMean(random, mean, 1 / dispersion) : mean);
}

/** Binomial of a beta: variance = n p (1 - p) (1 + dispersion (n - 1)). */
export function betaBinomial(random: Prng, n: number, p: number, dispersion: number): number {
  let rate = p;
  if (dispersion > 0 && p > 0 && p < 1) {
    const size = 1 / dispersion - 1;
    const hits = gammaWithMean(random, p * size, p * size);
    rate = hits / (hits + gammaWithMean(random, (1 - p) * size, (1 - p) * size));
  }
  let hits = 0;
  for (let i = 0; i < n; i += 1) if (random.chance(rate)) hits += 1;
  return hits;
}
