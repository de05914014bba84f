import { describe, expect, it } from 'vitest';
import { agoOf, dayOf, fillDateFormat, timeOf } from './dates.ts';

const style = { locale: 'en-GB', timeZone: 'Asia/Seoul' };
// 2024-03-01 09:30:05 in Seoul, still February in New York.
const seconds = 1_709_253_005;
const milliseconds = seconds * 1000;
const weekLater = milliseconds + 7 * 86_400_000;

describe('fillDateFormat', () => {
  it('fills dates and times in the zone shown', () => {
    expect(fillDateFormat('{date_num} {time_secs}', seconds, weekLater, style)).toBe('2024-03-01 09:30:05');
    expect(fillDateFormat('{date_short}, {time}', seconds, weekLater, style)).toBe('1 Mar 2024, 09:30');
    expect(fillDateFormat('{date_num}', seconds, weekLater, { ...style, timeZone: 'America/New_York' })).toBe(
      '2024-02-29',
    );
  });

  it('says today and yesterday only where it is asked to', () => {
    expect(fillDateFormat('{date_short_pretty} at {time}', seconds, milliseconds + 60_000, style)).toBe(
      'today at 09:30',
    );
    expect(fillDateFormat('{date_pretty}', seconds, milliseconds + 86_400_000, style)).toBe('yesterday');
    expect(fillDateFormat('{date}', seconds, milliseconds, style)).toBe('1 March 2024');
  });

  it('leaves the fallback to the message when it does not know a token', () => {
    expect(fillDateFormat('{century}', seconds, weekLater, style)).toBeNull();
    expect(fillDateFormat('{date}', 1e15, weekLater, style)).toBeNull();
  });
});

it('says how long ago', () => {
  expect(agoOf(milliseconds, milliseconds + 119_000)).toBe('1 minute ago');
  expect(agoOf(milliseconds + 7_200_000, milliseconds)).toBe('in 2 hours');
  expect(agoOf(milliseconds, milliseconds + 86_400_000)).toBe('yesterday');
});

it('names the day of a message', () => {
  expect(dayOf(milliseconds, milliseconds, style)).toBe('Today');
  expect(dayOf(milliseconds, weekLater, style)).toBe('Friday 1 March');
  expect(timeOf(milliseconds, style)).toBe('09:30');
});
