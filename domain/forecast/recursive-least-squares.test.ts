import { expect, test } from 'vitest';
import { uniform } from '../statistics/uniform.ts';
import { RecursiveLeastSquares } from './recursive-least-squares.ts';

const fresh = (size: number) => new Float64Array(RecursiveLeastSquares.memorySize(size));

test('finds the coefficients of a linear law under noise', () => {
  const random = uniform(3);
  const model = new RecursiveLeastSquares(3, fresh(3));
  for (let i = 0; i < 3000; i += 1) {
    const x = [1, random() - 0.5, random() - 0.5];
    model.learn(x, 2 + 3 * x[1]! - x[2]! + 0.1 * (random() - 0.5));
  }
  expect(model.predict([1, 0, 0])).toBeCloseTo(2, 1);
  expect(model.predict([1, 1, 0])).toBeCloseTo(5, 1);
  expect(model.predict([1, 0, 1])).toBeCloseTo(1, 1);
});

test('follows a law that changes', () => {
  const random = uniform(4);
  const model = new RecursiveLeastSquares(2, fresh(2));
  for (let i = 0; i < 20_000; i += 1) {
    const x = [1, random()];
    model.learn(x, (i < 10_000 ? 1 : -1) * x[1]!);
  }
  expect(model.predict([0, 1])).toBeCloseTo(-1, 1);
});

test('years of nothing leave it able to learn', () => {
  const memory = fresh(2);
  const model = new RecursiveLeastSquares(2, memory);
  for (let i = 0; i < 200_000; i += 1) model.learn([1, 0], 0);
  expect(memory.every((value) => Math.abs(value) < 1e6)).toBe(true);
  for (let i = 0; i < 50; i += 1) model.learn([1, i % 2], 1 + (i % 2));
  expect(model.predict([1, 1])).toBeCloseTo(2, 0);
});
