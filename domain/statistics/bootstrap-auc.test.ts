import { expect, test } from 'vitest';
import { bootstrapInterval } from './bootstrap.ts';
import { bootstrapAuc } from './bootstrap-auc.ts';
import { type Judged, rocAuc } from './classification.ts';
import { uniform } from './uniform.ts';

test('is the interval that resampling and sorting anew gives', () => {
  const random = uniform(7);
  const judged: Judged[] = Array.from({ length: 300 }, () => {
    const happened = random() < 0.4;
    return { happened, score: Math.floor(10 * (random() + (happened ? 0.4 : 0))) };
  });
  const plain = bootstrapInterval(judged, rocAuc);
  const fast = bootstrapAuc(judged)!;
  expect(fast.low).toBeCloseTo(plain.low, 2);
  expect(fast.high).toBeCloseTo(plain.high, 2);
  expect(fast.low).toBeLessThan(rocAuc(judged));
  expect(fast.high).toBeGreaterThan(rocAuc(judged));
});

test('there is none when nothing can be told apart', () => {
  expect(bootstrapAuc([{ score: 1, happened: true }])).toBeNull();
  expect(bootstrapAuc([{ score: 1, happened: false }])).toBeNull();
});
