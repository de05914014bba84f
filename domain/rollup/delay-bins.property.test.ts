import fc from 'fast-check';
import { expect, it } from 'vitest';
import { delayBin, delayOfBin } from './delay-bins.ts';

const seconds = fc.integer({ min: 1, max: 1_000_000_000_000_000 }).map((micros) => micros / 1_000_000);

it('stands for its delays to within 2.5 %, and fits a smallint', () => {
  fc.assert(
    fc.property(seconds, (delay) => {
      const bin = delayBin(delay);
      expect(Math.abs(delayOfBin(bin) - delay) / delay).toBeLessThanOrEqual(0.025);
      expect(Math.abs(bin)).toBeLessThan(32_768);
    }),
    { numRuns: 3_000 },
  );
});

it('grows with the delay', () => {
  fc.assert(
    fc.property(seconds, seconds, (a, b) => {
      expect(Math.sign(delayBin(a) - delayBin(b)) * Math.sign(a - b)).toBeGreaterThanOrEqual(0);
    }),
  );
});

it('puts no delay and less into one bin below all others', () => {
  expect([0, -0, -5].map(delayBin)).toEqual([-32_768, -32_768, -32_768]);
  expect(delayOfBin(-32_768)).toBe(0);
});
