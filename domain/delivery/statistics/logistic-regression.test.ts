import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fitLogistic, linear, logistic, type SparseRow } from './logistic-regression.ts';

const row = fc.record({
  columns: fc.constant([0, 1]),
  values: fc.tuple(fc.constant(1), fc.double({ min: -5, max: 5, noNaN: true })),
  outcome: fc.constantFrom(0 as const, 1 as const),
  weight: fc.double({ min: 0.1, max: 2, noNaN: true }),
});
const prior = { means: [-1, 0.5], precisions: [0.5, 2] };

describe('fitLogistic', () => {
  test('is the prior without any observation', () => {
    expect(fitLogistic([], prior)).toEqual(prior.means);
  });

  test('at the answer the slope of the log-posterior is nought', () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 60 }), (rows: SparseRow[]) => {
        const coefficients = fitLogistic(rows, prior);
        for (const [i, value] of coefficients.entries()) {
          let slope = prior.precisions[i]! * (value - prior.means[i]!);
          for (const one of rows) {
            slope += one.weight * (logistic(linear(one, coefficients)) - one.outcome) * one.values[i]!;
          }
          expect(Math.abs(slope)).toBeLessThan(1e-5);
        }
      }),
    );
  });

  test('finds the log-odds of a share, when the prior says next to nothing', () => {
    const rows = Array.from(
      { length: 100 },
      (_, i): SparseRow => ({
        columns: [0],
        values: [1],
        outcome: i < 20 ? 1 : 0,
        weight: 1,
      }),
    );
    const [logOdds] = fitLogistic(rows, { means: [0], precisions: [1e-9] });
    expect(logistic(logOdds!)).toBeCloseTo(0.2, 6);
  });

  test('separable outcomes give finite coefficients', () => {
    const rows = [-2, -1, 1, 2].map(
      (x): SparseRow => ({
        columns: [0, 1],
        values: [1, x],
        outcome: x > 0 ? 1 : 0,
        weight: 1,
      }),
    );
    const [, slope] = fitLogistic(rows, { means: [0, 0], precisions: [0.1, 0.1] });
    expect(slope).toBeGreaterThan(0.5);
    expect(slope).toBeLessThan(20);
  });
});
