import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backoffMs, DEFAULT_BACKOFF, sleep } from './backoff.ts';

describe('backoffMs', () => {
  it('doubles from the first wait to the longest, half of it by chance', () => {
    const least = () => 0;
    const most = () => 1;
    expect([1, 2, 3, 7, 8].map((attempt) => backoffMs(attempt, DEFAULT_BACKOFF, least))).toEqual([
      50, 100, 200, 2500, 2500,
    ]);
    expect([1, 2, 3, 7, 8].map((attempt) => backoffMs(attempt, DEFAULT_BACKOFF, most))).toEqual([
      100, 200, 400, 5000, 5000,
    ]);
  });

  it('stays within its bounds, however often it was tried', () => {
    const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e9 }), random, (attempt, chance) => {
        const wait = backoffMs(attempt, DEFAULT_BACKOFF, () => chance);
        expect(wait).toBeGreaterThanOrEqual(DEFAULT_BACKOFF.firstMs / 2);
        expect(wait).toBeLessThanOrEqual(DEFAULT_BACKOFF.longestMs);
      }),
    );
  });
});

describe('sleep', () => {
  it('ends at once when it is called off, before or meanwhile', async () => {
    await sleep(1e9, AbortSignal.abort());
    const stopping = new AbortController();
    const sleeping = sleep(1e9, stopping.signal);
    stopping.abort();
    await sleeping;
  });

  it('ends by itself', async () => {
    await sleep(1, new AbortController().signal);
    await sleep(1);
  });
});
