import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { solvePositiveDefinite } from './solve-positive-definite.ts';

const SIZE = 4;
const vector = fc.array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: SIZE, maxLength: SIZE });

describe('solvePositiveDefinite', () => {
  test('multiplied by the matrix, the answer is the right side again', () => {
    fc.assert(
      fc.property(fc.array(vector, { minLength: SIZE, maxLength: SIZE }), vector, (factor, right) => {
        // F F' + I is positive definite whatever F is.
        const matrix = factor.map((a, i) =>
          factor.map((b, j) => a.reduce((sum, x, k) => sum + x * b[k]!, i === j ? 1 : 0)),
        );
        const x = solvePositiveDefinite(matrix, right);
        for (const [i, row] of matrix.entries()) {
          const product = row.reduce((sum, value, j) => sum + value * x[j]!, 0);
          expect(Math.abs(product - right[i]!)).toBeLessThan(1e-6);
        }
      }),
    );
  });

  test('refuses a matrix that is not positive definite', () => {
    expect(() =>
      solvePositiveDefinite(
        [
          [1, 2],
          [2, 1],
        ],
        [1, 1],
      ),
    ).toThrow('not positive definite (row 1)');
  });
});
