import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalUpperTail } from '../../delivery/statistics/normal.ts';
import type { SeriesKind } from '../series-point.ts';
import { countModel } from './count-model.ts';
import { modelOf } from './model.ts';
import { rateModel } from './rate-model.ts';

/** P(X <= k) and P(X >= k), term by term. */
function tails(
  probability: (x: number) => number,
  k: number,
  most: number,
): { lower: number; upper: number } {
  let lower = 0;
  let upper = 0;
  for (let x = 0; x <= most; x += 1) {
    if (x <= k) lower += probability(x);
    if (x >= k) upper += probability(x);
  }
  return { lower, upper };
}

function negativeBinomial(mean: number, dispersion: number): (x: number) => number {
  const shape = 1 / dispersion;
  const terms: number[] = [(shape / (shape + mean)) ** shape];
  return (x) => {
    while (terms.length <= x) {
      const i = terms.length;
      terms.push((terms[i - 1]! * (shape + i - 1) * mean) / (i * (shape + mean)));
    }
    return terms[x]!;
  };
}

function binomial(n: number, p: number): (x: number) => number {
  const terms: number[] = [(1 - p) ** n];
  return (x) => {
    while (terms.length <= x) {
      const i = terms.length;
      terms.push((terms[i - 1]! * (n - i + 1) * p) / (i * (1 - p)));
    }
    return terms[x] ?? 0;
  };
}

/** The z of a tail is right where the normal tail beyond it is within 15 % of the true one, or the z within 0.08. */
function expectTail(z: number, tail: number): void {
  if (tail < 1e-12 || tail > 0.3) return;
  const said = normalUpperTail(Math.abs(z));
  const steeper = normalUpperTail(Math.abs(z) + 0.08);
  const flatter = normalUpperTail(Math.max(0, Math.abs(z) - 0.08));
  expect(said / tail > 0.85 && said / tail < 1.15 ? true : steeper <= tail && tail <= flatter).toBe(true);
}

describe('countModel', () => {
  it('deviates as its tail says, summed term by term', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.3, max: 80, noNaN: true }),
        fc.double({ min: 0.005, max: 0.5, noNaN: true }),
        fc.integer({ min: 0, max: 200 }),
        (mean, dispersion, observed) => {
          const variance = mean + dispersion * mean * mean;
          const z = countModel.deviation({ observed, expected: mean, n: 1 }, variance);
          const { lower, upper } = tails(negativeBinomial(mean, dispersion), observed, 2500);
          expectTail(z, observed > mean ? upper : lower);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('rateModel', () => {
  it('deviates as its tail says, summed term by term', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 300 }),
        fc.double({ min: 0.01, max: 0.95, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (n, p, share) => {
          const observed = Math.round(share * n);
          const z = rateModel.deviation({ observed, expected: n * p, n }, n * p * (1 - p));
          const { lower, upper } = tails(binomial(n, p), observed, n);
          expectTail(z, observed > n * p ? upper : lower);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('every model', () => {
  const kinds = fc.constantFrom<SeriesKind>('COUNT', 'RATE', 'MEAN', 'GAUGE');
  const window = fc
    .record({
      share: fc.double({ min: 0, max: 1, noNaN: true }),
      other: fc.double({ min: 0, max: 1, noNaN: true }),
      p: fc.double({ min: 0.02, max: 0.9, noNaN: true }),
      n: fc.integer({ min: 1, max: 500 }),
      more: fc.double({ min: 1, max: 5, noNaN: true }),
    })
    .map(({ share, other, p, n, more }) => ({
      n,
      expected: n * p,
      observed: n * share,
      other: n * other,
      more,
    }));

  it('deviates more, the further off', () => {
    fc.assert(
      fc.property(kinds, window, (kind, { n, expected, observed, other, more }) => {
        const model = modelOf(kind);
        const variance = more * (model.sampling({ observed, expected, n }, 0.3) + 0.01 * expected);
        const [less, greater] = [observed, other].sort((a, b) => a - b) as [number, number];
        const low = model.deviation({ observed: less, expected, n }, variance);
        const high = model.deviation({ observed: greater, expected, n }, variance);
        expect(low).toBeLessThanOrEqual(high + 1e-6 + 0.03 * Math.abs(high));
      }),
    );
  });

  it('has a band that is about as wide as its deviations say', () => {
    fc.assert(
      fc.property(kinds, window, (kind, { n, expected, observed, more }) => {
        const model = modelOf(kind);
        const sums = { observed, expected, n };
        const variance = more * (model.sampling(sums, 0.3) + 0.01 * expected);
        const low = model.quantile(-3, sums, variance);
        const high = model.quantile(3, sums, variance);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(low).toBeLessThanOrEqual(expected + 1e-9);
        expect(high).toBeGreaterThanOrEqual(expected - 1e-9);
        if (kind === 'MEAN' || kind === 'GAUGE') {
          expect(model.deviation({ observed: high, expected, n }, variance)).toBeCloseTo(3, 4);
        }
      }),
    );
  });
});
