import { expect, it } from 'vitest';
import { quantile } from './latency.ts';

it('interpolates within the bucket', () => {
  const cumulative = [
    { le: 0.1, count: 50 },
    { le: 0.2, count: 100 },
    { le: Number.POSITIVE_INFINITY, count: 100 },
  ];
  expect(quantile(cumulative, 0.5)).toBeCloseTo(0.1);
  expect(quantile(cumulative, 0.75)).toBeCloseTo(0.15);
});
