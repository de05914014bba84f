import { expect, it } from 'vitest';
import { DAY, HOUR, YEAR_2000 as START } from '../../domain/time/micros.ts';
import { WatermarkSchedule } from './watermark-schedule.ts';

it('speaks once a simulated day, before the first event of the day', () => {
  const schedule = new WatermarkSchedule(START + HOUR, 0);
  expect(schedule.before(START + 23 * HOUR)).toBeNull();
  expect(schedule.before(START + DAY)).toBe(START + DAY);
  schedule.said(START + DAY, 0);
  expect(schedule.before(START + DAY + HOUR)).toBeNull();
  expect(schedule.before(START + 9 * DAY + HOUR)).toBe(START + 9 * DAY);
});

it('speaks every two seconds while nothing is due, if there is news', () => {
  const schedule = new WatermarkSchedule(START, 10_000);
  expect(schedule.whileIdle(START + HOUR, 11_000)).toBeNull();
  expect(schedule.whileIdle(START + HOUR, 12_000)).toBe(START + HOUR);
  schedule.said(START + HOUR, 12_000);
  expect(schedule.whileIdle(START + HOUR, 60_000)).toBeNull();
  expect(schedule.whileIdle(START + 2 * DAY + HOUR, 12_001)).toBe(START + 2 * DAY);
});
