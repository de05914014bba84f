import { describe, expect, it } from 'vitest';
import { outcomeOf, retryAfterMs } from './outcome.ts';

const NOW_MS = Date.UTC(2026, 2, 1, 9, 30);

describe('outcomeOf', () => {
  it.each([200, 201, 202, 204, 299])('%i is delivered', (status) => {
    expect(outcomeOf(status, null, NOW_MS)).toEqual({ kind: 'delivered', status });
  });

  it.each([400, 402, 405, 409, 413, 422, 499])('%i is final', (status) => {
    expect(outcomeOf(status, '5', NOW_MS)).toMatchObject({ kind: 'refused', status });
  });

  it.each([301, 307, 401, 403, 404, 408, 410, 429, 500, 502, 503, 504])('%i is tried again', (status) => {
    expect(outcomeOf(status, '5', NOW_MS)).toMatchObject({ kind: 'retry', status, retryAfterMs: 5000 });
  });

  it('says what to do about a redirect', () => {
    expect(outcomeOf(308, null, NOW_MS)).toMatchObject({
      reason: expect.stringContaining('set the address'),
    });
  });
});

describe('retryAfterMs', () => {
  it.each([
    [null, null],
    ['', null],
    ['soon', null],
    ['-3', null],
    ['1.5', null],
    ['0', 0],
    [' 120 ', 120_000],
    ['Sun, 01 Mar 2026 09:31:00 GMT', 60_000],
    ['Sun, 01 Mar 2026 09:29:00 GMT', 0],
  ])('%j is %j', (value, expected) => {
    expect(retryAfterMs(value, NOW_MS)).toBe(expected);
  });
});
