import { describe, expect, test } from 'vitest';
import { normalQuantile, normalUpperTail } from './normal.ts';

describe('the standard normal distribution', () => {
  // R 4.3: pnorm(z, lower.tail = FALSE).
  test.each([
    [0, 0.5],
    [0.5, 0.3085375387259869],
    [1, 0.15865525393145705],
    [1.96, 0.024997895148220435],
    [2, 0.0227501319481792],
    [3, 0.0013498980316300946],
    [6, 9.865876450376981e-10],
    [-1, 0.8413447460685429],
  ])('P(Z > %d)', (z, tail) => {
    expect(normalUpperTail(z) / tail).toBeCloseTo(1, 9);
  });

  test.each([
    [0.5, 0],
    [0.9, 1.2815515655446004],
    [0.975, 1.959963984540054],
    [0.99, 2.3263478740408408],
    [0.1, -1.2815515655446004],
    [1e-6, -4.753424308822899],
  ])('the quantile of %d', (p, z) => {
    expect(normalQuantile(p)).toBeCloseTo(z, 8);
  });

  test('quantiles grow with p, and end where p does', () => {
    let before = Number.NEGATIVE_INFINITY;
    for (let p = 0.001; p < 1; p += 0.001) {
      const z = normalQuantile(p);
      expect(z).toBeGreaterThan(before);
      before = z;
    }
    expect(normalQuantile(1)).toBeCloseTo(-normalQuantile(0), 6);
    expect(Number.isFinite(normalQuantile(1))).toBe(true);
  });
});
