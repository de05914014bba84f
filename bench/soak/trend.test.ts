import { expect, it } from 'vitest';
import { Prng } from '../../simulator/timing/prng.ts';
import { trendOf, verdictOf } from './trend.ts';

const random = new Prng('trend');
const noisy = (slope: number, noise: number): [number, number][] =>
  Array.from({ length: 120 }, (_, i) => [
    i * 10,
    200 + slope * i * 10 + (random.next() + random.next() + random.next() - 1.5) * 2 * noise,
  ]);
const allowance = { share: 0.1, least: 1 };

it('finds a slope in noise, with bounds around it', () => {
  const trend = trendOf(noisy(0.1, 10));
  expect(trend.change).toBeGreaterThan(105);
  expect(trend.change).toBeLessThan(133);
  expect(trend.low).toBeLessThan(trend.change);
  expect(trend.high).toBeGreaterThan(trend.change);
  expect(verdictOf(trend, allowance)).toBe('growing');
});

it('calls noise around a level flat', () => {
  expect(verdictOf(trendOf(noisy(0, 10)), allowance)).toBe('flat');
});

it('is not moved by some wild points', () => {
  const points = noisy(0, 1).map(([at, value], i): [number, number] => [at, i > 100 ? value + 5_000 : value]);
  expect(verdictOf(trendOf(points), allowance)).toBe('flat');
});

it('does not decide what the run is too short for', () => {
  const points: [number, number][] = [5, 90, 20, 130, 60, 150].map((value, i) => [i, value]);
  expect(verdictOf(trendOf(points), allowance)).toBe('uncertain');
});

it('takes what falls for flat, and knows nothing of two points', () => {
  expect(verdictOf(trendOf(noisy(-0.1, 5)), allowance)).toBe('flat');
  expect(
    trendOf([
      [0, 1],
      [1, 2],
    ]).change,
  ).toBeNaN();
});
