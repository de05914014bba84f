import { expect, it } from 'vitest';
import { Timestamps } from './timestamps.ts';

it('is unique and ascending within a millisecond, when the clock goes back, and after one that was kept', () => {
  let now = 1_700_000_000_123;
  const timestamps = new Timestamps(() => now);
  expect(timestamps.next()).toBe('1700000000.123000');
  expect(timestamps.next()).toBe('1700000000.123001');
  now -= 5_000;
  expect(timestamps.next()).toBe('1700000000.123002');
  timestamps.after('1700000009.000007');
  expect(timestamps.next()).toBe('1700000009.000008');
  now += 60_000;
  expect(timestamps.next()).toBe('1700000055.123000');
});
