import { expect, test } from 'vitest';
import { bootstrapInterval } from './bootstrap.ts';

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

test('the interval of a mean is about two standard errors on either side, and the same every time', () => {
  const sample = Array.from({ length: 400 }, (_, i) => i % 2);
  const { low, high } = bootstrapInterval(sample, mean);
  expect(low).toBeGreaterThan(0.44);
  expect(low).toBeLessThan(0.46);
  expect(high).toBeGreaterThan(0.54);
  expect(high).toBeLessThan(0.56);
  expect(bootstrapInterval(sample, mean)).toEqual({ low, high });
});
