import type { Micros } from './micros.ts';
import { DAY, HOUR, MINUTE, SECOND } from './micros.ts';

const ZERO = 48;
const PLUS = 43;
const MINUS = 45;
const DOT = 46;
const COMMA = 44;
const COLON = 58;
const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

function digits(text: string, from: number, count: number): number {
  let value = 0;
  for (let i = from; i < from + count; i += 1) {
    const digit = text.charCodeAt(i) - ZERO;
    if (!(digit >= 0 && digit <= 9)) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
}

function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

/**
 * Days since 1970-01-01 of a proleptic Gregorian date.
 * Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", `days_from_civil`.
 */
export function daysFromCivil(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

function offsetMicros(text: string, from: number): Micros | null {
  const sign = text.charCodeAt(from);
  if ((text[from] === 'Z' || text[from] === 'z') && text.length === from + 1) return 0;
  if (sign !== PLUS && sign !== MINUS) return null;
  const hours = digits(text, from + 1, 2);
  let rest = from + 3;
  let minutes = 0;
  if (text.length > rest) {
    if (text.charCodeAt(rest) === COLON) rest += 1;
    minutes = digits(text, rest, 2);
    rest += 2;
  }
  if (text.length !== rest || !(hours <= 18) || !(minutes <= 59)) return null;
  const size = hours * HOUR + minutes * MINUTE;
  return sign === MINUS ? -size : size;
}

/**
 * Reads an ISO 8601 date-time with an offset (`2026-03-01T09:30:00.123456+09:00`, `...Z`, `+0900`, `+09`; a blank
 * may stand for the `T`, seconds may be left out) as microseconds since the epoch, or null when it is not one.
 *
 * A time without an offset is refused: which instant it names would depend on where it is read. Digits past the
 * microsecond are cut. Written by hand because it runs several times a record: 0.15 us against 1.4 us for a
 * regular expression with `Date.parse`, which also loses the microseconds.
 */
export function parseIso8601(text: string): Micros | null {
  const year = digits(text, 0, 4);
  const month = digits(text, 5, 2);
  const day = digits(text, 8, 2);
  const hour = digits(text, 11, 2);
  const minute = digits(text, 14, 2);
  const separator = text[10];
  if (text[4] !== '-' || text[7] !== '-' || text[13] !== ':') return null;
  if (separator !== 'T' && separator !== ' ' && separator !== 't') return null;
  if (!(month >= 1 && month <= 12 && hour <= 23 && minute <= 59 && year >= 0)) return null;
  const longest = month === 2 && isLeapYear(year) ? 29 : (DAYS_IN_MONTH[month - 1] ?? 0);
  if (!(day >= 1 && day <= longest)) return null;

  let at = 16;
  let seconds = 0;
  let fraction = 0;
  if (text.charCodeAt(at) === COLON) {
    seconds = digits(text, at + 1, 2);
    if (!(seconds <= 59)) return null;
    at += 3;
    const mark = text.charCodeAt(at);
    if (mark === DOT || mark === COMMA) {
      at += 1;
      let scale = 100_000;
      const first = at;
      for (; at < text.length; at += 1) {
        const digit = text.charCodeAt(at) - ZERO;
        if (!(digit >= 0 && digit <= 9)) break;
        fraction += digit * scale;
        scale = scale === 1 ? 0 : scale / 10;
      }
      if (at === first) return null;
    }
  }
  const offset = offsetMicros(text, at);
  if (offset === null) return null;
  const wall = daysFromCivil(year, month, day) * DAY + hour * HOUR + minute * MINUTE + seconds * SECOND;
  return wall + fraction - offset;
}

function pad(value: number, width: number): string {
  return String(value).padStart(width, '0');
}

/**
 * The instant as `YYYY-MM-DDTHH:MM:SS.ffffffZ`, the inverse of {@link parseIso8601}.
 * Source of the date: Hinnant's `civil_from_days`.
 */
export function formatIso8601(at: Micros): string {
  const days = Math.floor(at / DAY);
  const inDay = at - days * DAY;
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthIndex = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * monthIndex + 2) / 5) + 1;
  const month = monthIndex < 10 ? monthIndex + 3 : monthIndex - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  const hour = Math.floor(inDay / HOUR);
  const minute = Math.floor((inDay % HOUR) / MINUTE);
  const second = Math.floor((inDay % MINUTE) / SECOND);
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}T${pad(hour, 2)}:${pad(minute, 2)}:${pad(second, 2)}.${pad(inDay % SECOND, 6)}Z`;
}
