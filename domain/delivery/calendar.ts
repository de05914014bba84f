import { daysFromCivil, formatIso8601 } from '../time/iso8601.ts';
import { DAY, type Micros } from '../time/micros.ts';

/** The first instant of the month (UTC) that contains `at`. */
export function startOfMonth(at: Micros): Micros {
  const { year, month } = monthOf(at);
  return daysFromCivil(year, month, 1) * DAY;
}

/** The first instant of the month (UTC) after the one that contains `at`. */
export function startOfNextMonth(at: Micros): Micros {
  const { year, month } = monthOf(at);
  return (month === 12 ? daysFromCivil(year + 1, 1, 1) : daysFromCivil(year, month + 1, 1)) * DAY;
}

function monthOf(at: Micros): { year: number; month: number } {
  const text = formatIso8601(at);
  return { year: Number(text.slice(0, 4)), month: Number(text.slice(5, 7)) };
}

/** The first instant of the week (UTC, Mondays) after `at`. */
export function startOfNextWeek(at: Micros): Micros {
  // 1970-01-05 was a Monday.
  return (Math.floor((at - 4 * DAY) / (7 * DAY)) + 1) * 7 * DAY + 4 * DAY;
}

/** The first instant of the day (UTC) after `at`. */
export function startOfNextDay(at: Micros): Micros {
  return (Math.floor(at / DAY) + 1) * DAY;
}
