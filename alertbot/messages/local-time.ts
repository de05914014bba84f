import dayjs from 'dayjs';
import timezone from 'dayjs/plugin/timezone.js';
import utc from 'dayjs/plugin/utc.js';
import type { Micros } from '../../domain/time/micros.ts';

dayjs.extend(utc);
dayjs.extend(timezone);

function local(at: Micros, timeZone: string): dayjs.Dayjs {
  return dayjs.utc(Math.floor(at / 1000)).tz(timeZone);
}

/** 2026-03-01 14:02:05. With the year, because event time may be long ago. */
export function localTime(at: Micros, timeZone: string): string {
  return local(at, timeZone).format('YYYY-MM-DD HH:mm:ss');
}

/** 2026-03-01 14:02 */
export function localMinute(at: Micros, timeZone: string): string {
  return local(at, timeZone).format('YYYY-MM-DD HH:mm');
}

/** 14:02 if that is today, else with the date. */
export function localClock(at: Micros, now: Micros, timeZone: string): string {
  const time = local(at, timeZone);
  const isToday = time.format('YYYY-MM-DD') === local(now, timeZone).format('YYYY-MM-DD');
  return time.format(isToday ? 'HH:mm' : 'YYYY-MM-DD HH:mm');
}

/** 09:00 of the day after the one that `now` is in, there. */
export function tomorrowMorning(now: Micros, timeZone: string): Micros {
  const tomorrow = dayjs.utc(local(now, timeZone).format('YYYY-MM-DD')).add(1, 'day').format('YYYY-MM-DD');
  return dayjs.tz(`${tomorrow} 09:00`, timeZone).valueOf() * 1000;
}
