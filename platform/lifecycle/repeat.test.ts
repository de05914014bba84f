import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { repeat } from './repeat.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('pauses as long as the step says, and ends when it is stopped, also in a pause', async () => {
  const stopping = new AbortController();
  const pauses = [1000, 0, 5000];
  let steps = 0;
  const running = repeat(
    stopping.signal,
    async () => pauses[steps++] ?? 60_000,
    () => expect.unreachable(),
  );
  await vi.advanceTimersByTimeAsync(999);
  expect(steps).toBe(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(steps).toBe(3);
  await vi.advanceTimersByTimeAsync(5000);
  expect(steps).toBe(4);
  stopping.abort();
  await running;
  expect(steps).toBe(4);
});

it('tells of failures in a row, waits longer after each, and begins anew after a success', async () => {
  const stopping = new AbortController();
  const told: [error: unknown, failures: number][] = [];
  const before: number[] = [];
  const running = repeat(
    stopping.signal,
    async (failures) => {
      before.push(failures);
      if (before.length !== 3) throw `step ${before.length}`;
      return 1;
    },
    (error, failures) => {
      told.push([error, failures]);
      if (told.length === 3) stopping.abort();
    },
  );
  await vi.advanceTimersByTimeAsync(60_000);
  await running;
  expect(before).toEqual([0, 1, 2, 0]);
  expect(told).toEqual([
    ['step 1', 1],
    ['step 2', 2],
    ['step 4', 1],
  ]);
});

it('does nothing when it was stopped before', async () => {
  await repeat(
    AbortSignal.abort(),
    () => expect.unreachable(),
    () => undefined,
  );
});
