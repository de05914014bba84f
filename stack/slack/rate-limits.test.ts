import { expect, it } from 'vitest';
import { RateLimits, SLACK_RATE_LIMITS } from './rate-limits.ts';

it('allows a burst in each channel, then one a second, and says how long to wait', () => {
  let now = 0;
  const limits = new RateLimits(SLACK_RATE_LIMITS, () => now);
  const post = (channel: string) => limits.take('chat.postMessage', channel);
  expect(Array.from({ length: 6 }, () => post('A'))).toEqual([null, null, null, null, null, 1]);
  expect(post('B')).toBeNull();
  now += 999;
  expect(post('A')).toBe(1);
  now += 1;
  expect(post('A')).toBeNull();
  expect(post('A')).toBe(1);
});

it('limits chat.update by itself, for all channels together', () => {
  let now = 0;
  const limits = new RateLimits({ ...SLACK_RATE_LIMITS, updatesPerMinute: 6, updateBurst: 2 }, () => now);
  const update = (channel: string) => limits.take('chat.update', channel);
  expect([update('A'), update('B'), update('A')]).toEqual([null, null, 10]);
  expect(limits.take('chat.postMessage', 'A')).toBeNull();
  now += 10_000;
  expect([update('B'), update('B')]).toEqual([null, 10]);
});

it('can be switched off, and never limits reading', () => {
  const off = new RateLimits({ ...SLACK_RATE_LIMITS, postsPerSecond: null, updatesPerMinute: null }, () => 0);
  for (const method of ['chat.postMessage', 'chat.update', 'conversations.history']) {
    expect(new Set(Array.from({ length: 500 }, () => off.take(method, 'A')))).toEqual(new Set([null]));
  }
});
