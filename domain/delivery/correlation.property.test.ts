import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { correlation } from './correlation.ts';

const measure = fc.integer({ min: -20, max: 20 });
const pairs = fc.array(fc.tuple(measure, measure), { maxLength: 40 });

/** Pearson's by its other formula, with sums only: exact for small whole numbers. */
function plainPearson(of: readonly (readonly [number, number])[]): number | null {
  const sum = (value: (x: number, y: number) => number) =>
    of.reduce((total, [x, y]) => total + value(x, y), 0);
  const n = of.length;
  const varies = (square: number, own: number) => n * square - own * own;
  const ofX = varies(
    sum((x) => x * x),
    sum((x) => x),
  );
  const ofY = varies(
    sum((_, y) => y * y),
    sum((_, y) => y),
  );
  if (ofX === 0 || ofY === 0) return null;
  return (n * sum((x, y) => x * y) - sum((x) => x) * sum((_, y) => y)) / Math.sqrt(ofX * ofY);
}

/** Twice the mean rank, by counting: those below, and half of the equal ones. */
function plainRank(values: readonly number[], value: number): number {
  return (
    2 * values.filter((other) => other < value).length + values.filter((other) => other === value).length
  );
}

function near(actual: number | null, expected: number | null): void {
  if (expected === null) expect(actual).toBeNull();
  else expect(actual).toBeCloseTo(expected, 9);
}

describe('correlation', () => {
  it('is what the plain formulas say', () => {
    fc.assert(
      fc.property(pairs, (of) => {
        const { pearson, spearman, pairs: count } = correlation(of);
        const xs = of.map(([x]) => x);
        const ys = of.map(([, y]) => y);
        near(pearson, plainPearson(of));
        near(spearman, plainPearson(of.map(([x, y]) => [plainRank(xs, x), plainRank(ys, y)])));
        expect(count).toBe(of.length);
      }),
      { numRuns: 500 },
    );
  });

  it('of ranks sees any rising relation as perfect, of values only a straight one', () => {
    const cubes = [1, 2, 3, 4, 5, 6].map((x) => [x, x ** 3] as const);
    expect(correlation(cubes).spearman).toBe(1);
    expect(correlation(cubes).pearson).toBeLessThan(0.97);
    expect(correlation(cubes.map(([x, y]) => [x, -y])).spearman).toBe(-1);
  });

  it('is unknown where nothing varies', () => {
    for (const of of [
      [],
      [[1, 2]],
      [
        [1, 2],
        [1, 3],
      ],
    ] as [number, number][][]) {
      expect(correlation(of)).toMatchObject({ pearson: null, spearman: null });
    }
  });
});
