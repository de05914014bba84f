import { expect, it } from 'vitest';
import type { Verdict } from '../detection/verdict.ts';
import { LOOK_STEPS, type Look, lookAt, summarise } from './look.ts';

function verdict(at: number, observed: number | null, more: Partial<Verdict> = {}): Verdict {
  const band = { expected: 10, low: 4, high: 16 };
  return {
    at,
    observed,
    ...band,
    score: 0,
    deviation: 0,
    steps: 1,
    anomalous: false,
    severity: null,
    ...more,
  };
}

function looked(values: readonly number[], more: Partial<Verdict> = {}): Look {
  let look: Look | undefined;
  for (const [at, value] of values.entries())
    look = lookAt(look, 'orders|region=A', verdict(at, value, more));
  if (look === undefined) throw new Error('nothing was looked at');
  return look;
}

it('weighs all steps together: four times one sigma is two of their mean', () => {
  expect(summarise(looked([8, 8, 8, 8]))).toMatchObject({ observed: 8, expected: 10, z: -2, steps: 4 });
});

it('remembers the last steps only', () => {
  expect(summarise(looked([...Array(20).fill(0), ...Array(LOOK_STEPS).fill(10)]))).toMatchObject({ z: 0 });
});

it('takes the wider side for the scatter of a count that cannot fall below 0', () => {
  expect(summarise(looked([0], { expected: 0.5, low: 0, high: 3.5 })).z).toBeCloseTo(-0.5);
});

it('takes the word of a detector that saw more steps', () => {
  expect(summarise(looked([9, 9], { deviation: -6, steps: 12 })).z).toBe(-6);
  expect(summarise(looked([9, 9], { deviation: -6, steps: 1 })).z).toBeCloseTo(-Math.SQRT1_2);
});

it('learns nothing from a step without figures, nor twice from one', () => {
  const look = looked([8, 8]);
  expect(lookAt(look, look.seriesKey, verdict(5, null))).toBe(look);
  expect(lookAt(look, look.seriesKey, verdict(1, 99))).toBe(look);
});
