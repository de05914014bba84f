import { expect, test } from 'vitest';
import { nextStart } from './outcome.ts';
import { hasOutgrown } from './vacuum.ts';

const job = { id: 1, name: 'job', everyMs: 60_000, retryMs: 5_000, nextStart: undefined };
const error = { message: 'no', sqlstate: 'P0001' };

test('after a success the next run is one interval after the end', () => {
  expect(nextStart({ job, startedAt: 0, finishedAt: 100, error: undefined })).toBe(60_100);
});

test('after a failure it comes after the retry period, never later than the interval', () => {
  expect(nextStart({ job, startedAt: 0, finishedAt: 100, error })).toBe(5_100);
  expect(nextStart({ job: { ...job, retryMs: 300_000 }, startedAt: 0, finishedAt: 100, error })).toBe(60_100);
});

test('a table is vacuumed when it has grown by a fifth and by more than a few pages', () => {
  const mib = 1024 * 1024;
  expect(hasOutgrown(mib, undefined)).toBe(true);
  expect(hasOutgrown(8_192, undefined)).toBe(false);
  expect(hasOutgrown(11 * mib, 10 * mib)).toBe(false);
  expect(hasOutgrown(13 * mib, 10 * mib)).toBe(true);
  expect(hasOutgrown(5 * mib, 10 * mib)).toBe(false);
});
