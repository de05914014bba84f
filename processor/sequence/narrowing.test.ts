import { expect, it } from 'vitest';
import { Narrowing } from './narrowing.ts';

const refused = (): Error => Object.assign(new Error('refused'), { code: '22P02' });

function fail(narrowing: Narrowing, times: number, error: Error = refused()): number[] {
  return Array.from({ length: times }, () => {
    narrowing.failed(error);
    return narrowing.most;
  });
}

it('halves after five refusals in a row, and leaves out what fails alone', () => {
  const narrowing = new Narrowing(10);
  expect(fail(narrowing, 8)).toEqual([10, 10, 10, 10, 5, 2, 1, 0]);
  expect(narrowing.leavesOut).toBeNull();
  narrowing.failed(refused());
  expect([narrowing.most, narrowing.leavesOut]).toEqual([0, 'refused']);
});

it('does not blame milestones without which it fails as well', () => {
  const narrowing = new Narrowing(1);
  fail(narrowing, 7);
  expect(narrowing.leavesOut).toBeNull();
});

it('grows after a success, and narrows at once when it fails again on the way', () => {
  const narrowing = new Narrowing(4);
  fail(narrowing, 7);
  narrowing.succeeded();
  expect(fail(narrowing, 1)).toEqual([0]);
  for (let i = 0; i < 3; i++) narrowing.succeeded();
  expect(fail(narrowing, 5)).toEqual([4, 4, 4, 4, 2]);
});

it.each(['40001', '08006', 'ECONNREFUSED', ''])('has patience with %j', (code) => {
  const narrowing = new Narrowing(4);
  expect(fail(narrowing, 20, Object.assign(new Error('away'), { code })).at(-1)).toBe(4);
});
