import { describe, expect, it } from 'vitest';
import { DIMENSIONS, elementName, generateCase } from '../../../bench/causes/generate-case.ts';
import { Prng } from '../../../simulator/timing/prng.ts';
import { attribute } from './attribute.ts';
import type { Leaf } from './leaf.ts';

const REGIONS = ['Gangnam', 'Mapo', 'Jongno', 'Songpa'];
const METHODS = ['card', 'transfer', 'kakao'];

/** Every region and method as expected, but for a forecast that errs by up to 4 %. */
function grid(broken: (region: string, method: string) => number): Leaf[] {
  return REGIONS.flatMap((region, i) =>
    METHODS.map((method, j) => {
      const expected = 100 + 40 * i + 15 * j;
      const error = 1 + 0.04 * Math.sin(7 * i + 3 * j);
      return { values: [region, method], observed: expected * error * broken(region, method), expected };
    }),
  );
}

const where = (leaves: readonly Leaf[]) => attribute(['region', 'method'], leaves).map((one) => one.where);

describe('attribute', () => {
  it('finds nothing where all is as expected', () => {
    expect(where(grid(() => 1))).toEqual([]);
  });

  it('names a method that fails everywhere, and not each of its regions', () => {
    expect(where(grid((_, method) => (method === 'card' ? 0.4 : 1)))).toEqual([{ method: 'card' }]);
  });

  it('names a region, and not all of its methods', () => {
    expect(where(grid((region) => (region === 'Mapo' ? 1.8 : 1)))).toEqual([{ region: 'Mapo' }]);
  });

  it('names one method of one region, and how much of the deviation it is', () => {
    const [found, ...others] = attribute(
      ['region', 'method'],
      grid((region, method) => (region === 'Jongno' && method === 'kakao' ? 0.1 : 1)),
    );
    expect(others).toEqual([]);
    expect(found).toMatchObject({ where: { region: 'Jongno', method: 'kakao' } });
    expect(found?.share).toBeGreaterThan(0.8);
  });

  it('takes small counts for the chance that they are, and large ones not', () => {
    const counts = (times: number) =>
      [3, 5, 4, 4, 1, 5].map((observed, i) => ({
        values: [`R-${i}`],
        observed: observed * times,
        expected: 4 * times,
      }));
    expect(attribute(['restaurant'], counts(1), { counts: true })).toEqual([]);
    expect(attribute(['restaurant'], counts(100), { counts: true })).not.toEqual([]);
  });

  it('bears leaves of nothing, and no leaves', () => {
    expect(where([])).toEqual([]);
    expect(where([{ values: ['a', 'b'], observed: 0, expected: 0 }])).toEqual([]);
  });

  it('finds what was planted in generated cases', () => {
    let right = 0;
    let wrong = 0;
    let missed = 0;
    for (let i = 0; i < 25; i++) {
      const { leaves, truth } = generateCase(new Prng(`attribute/${i}`));
      const found = attribute(DIMENSIONS, leaves).map((one) => elementName(one.where));
      const hits = found.filter((name) => truth.has(name)).length;
      right += hits;
      wrong += found.length - hits;
      missed += truth.size - hits;
    }
    expect((2 * right) / (2 * right + wrong + missed)).toBeGreaterThan(0.85);
  });
});
