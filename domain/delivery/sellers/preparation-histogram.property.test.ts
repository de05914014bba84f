import fc from 'fast-check';
import { expect, it } from 'vitest';
import { PreparationHistogram } from './preparation-histogram.ts';

const durations = fc.array(fc.double({ min: 1, max: 5_000_000, noNaN: true }), {
  minLength: 1,
  maxLength: 60,
});

function histogramOf(seconds: readonly number[]): PreparationHistogram {
  const histogram = new PreparationHistogram();
  for (const one of seconds) histogram.add(one);
  return histogram;
}

it('has every quantile of the durations themselves, at most 2.5 % off', () => {
  fc.assert(
    fc.property(durations, fc.double({ min: 0.001, max: 1, noNaN: true }), (seconds, p) => {
      const exact = seconds.toSorted((a, b) => a - b)[Math.max(1, Math.ceil(p * seconds.length)) - 1]!;
      const quantile = histogramOf(seconds).quantile(p)!;
      expect(Math.abs(quantile / exact - 1)).toBeLessThan(0.0251);
    }),
    { numRuns: 500 },
  );
});

it('is the same added up, and after it was written and read', () => {
  fc.assert(
    fc.property(durations, durations, (a, b) => {
      const together = histogramOf(a);
      together.addAll(histogramOf(b));
      const again = new PreparationHistogram(JSON.parse(JSON.stringify(histogramOf([...b, ...a]).entries())));
      expect(together.entries()).toEqual(again.entries());
      expect(together.count).toBe(a.length + b.length);
    }),
  );
});

it('knows nothing while it is empty', () => {
  expect(new PreparationHistogram().quantile(0.5)).toBeNull();
});

it('takes no time at all for what it is', () => {
  expect(histogramOf([0, 0, 5]).quantile(0.5)).toBe(0);
});
