import { expect, it } from 'vitest';
import { at } from '../../test/support/slack/sample-alerts.ts';
import { en } from '../texts/en.ts';
import { ko } from '../texts/ko.ts';
import { formatDuration } from './duration.ts';
import { localClock, localMinute, localTime, tomorrowMorning } from './local-time.ts';

it('shows times where the operators are', () => {
  const micros = at('2026-02-28T15:02:05.999999Z');
  expect(localTime(micros, 'Asia/Seoul')).toBe('2026-03-01 00:02:05');
  expect(localMinute(micros, 'America/New_York')).toBe('2026-02-28 10:02');
  expect(localTime(at('1969-12-31T23:59:59.5Z'), 'UTC')).toBe('1969-12-31 23:59:59');
});

it('names the day of what was not today, there', () => {
  const now = at('2026-03-01T15:30:00Z');
  expect(localClock(at('2026-03-01T15:02:00Z'), now, 'Asia/Seoul')).toBe('00:02');
  expect(localClock(at('2026-03-01T14:59:00Z'), now, 'Asia/Seoul')).toBe('2026-03-01 23:59');
  expect(localClock(at('2026-03-01T14:59:00Z'), now, 'UTC')).toBe('14:59');
});

it('finds nine in the morning at the end of a month and over a change of the clocks', () => {
  expect(tomorrowMorning(at('2028-02-29T23:59:59+09:00'), 'Asia/Seoul')).toBe(
    at('2028-03-01T09:00:00+09:00'),
  );
  expect(tomorrowMorning(at('2026-10-31T12:00:00-04:00'), 'America/New_York')).toBe(
    at('2026-11-01T09:00:00-05:00'),
  );
});

it.each([
  [0, '0 s', '0초'],
  [-5, '0 s', '0초'],
  [59_999_999, '59 s', '59초'],
  [61_000_000, '1 min', '1분'],
  [3_600_000_000, '1 h', '1시간'],
  [4_500_000_000, '1 h 15 min', '1시간 15분'],
  [90_000_000_000, '1 d 1 h', '1일 1시간'],
])('says how long %i microseconds are', (length, english, korean) => {
  expect(formatDuration(length, en)).toBe(english);
  expect(formatDuration(length, ko)).toBe(korean);
});
