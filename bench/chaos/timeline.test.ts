import { expect, it } from 'vitest';
import { recoveryOf } from './timeline.ts';

const sample = (at: number, lag: number, unsent = 0) => ({ at, lag, unsent });
const fault = { what: 'x', from: 2, to: 4 };

it('counts from the end of the last fault until a second of records is left', () => {
  const samples = [
    sample(0, 5),
    sample(3, 400),
    sample(4, 700, 90),
    sample(6, 300),
    sample(8, 90),
    sample(9, 5),
  ];
  expect(recoveryOf(samples, [fault, { what: 'y', from: 0, to: 1 }], 100)).toEqual({
    seconds: 4,
    mostWaiting: 790,
  });
});

it('takes no moment for recovered that falls back at once', () => {
  const samples = [sample(4, 10), sample(5, 900), sample(9.5, 20)];
  expect(recoveryOf(samples, [fault], 100).seconds).toBe(5.5);
});

it('says so when it never recovers', () => {
  expect(recoveryOf([sample(4, 500), sample(9, 500)], [fault], 100).seconds).toBeNull();
});
