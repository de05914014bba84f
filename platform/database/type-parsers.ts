import pg from 'pg';
import { parseIso8601 } from '../../domain/time/iso8601.ts';
import { DAY, type Micros } from '../../domain/time/micros.ts';

const { types } = pg;

/** @throws for "infinity" and "-infinity", which are no times of ours */
export function parseTimestamp(text: string): Micros {
  const at = parseIso8601(text) ?? parseDistant(text);
  if (at === null) throw new Error(`the database gave a time that cannot be read: ${text}`);
  return at;
}

const DISTANT = /^(\d+)(-.*?)( BC)?$/;
const DAYS_IN_400_YEARS = 146_097;

/**
 * A time before the year 1 or after 9999, as PostgreSQL writes it (`10000-01-01 ...`, `0001-12-31 ... BC`): a promised
 * delivery may be any time. The calendar repeats itself every 400 years, so the same day of the 2000s tells it.
 */
function parseDistant(text: string): Micros | null {
  const match = DISTANT.exec(text);
  if (match === null) return null;
  const year = match[3] === undefined ? Number(match[1]) : 1 - Number(match[1]);
  const cycles = Math.floor(year / 400) - 5;
  const at = parseIso8601(`${year - cycles * 400}${match[2]}`);
  return at === null ? null : at + cycles * DAYS_IN_400_YEARS * DAY;
}

const PARSERS: ReadonlyMap<number, (text: string) => unknown> = new Map<number, (text: string) => unknown>([
  [types.builtins.TIMESTAMPTZ, parseTimestamp],
  // Counters and offsets of ours stay far below 2^53.
  [types.builtins.INT8, Number],
  [types.builtins.NUMERIC, Number],
]);

/**
 * How values come back: times as microseconds since the epoch (pg's own parser makes dates of milliseconds), int8 and
 * numeric as numbers.
 */
export const typeParsers: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    (format !== 'binary' && PARSERS.get(oid)) ||
    types.getTypeParser(oid, format)) as pg.CustomTypesConfig['getTypeParser'],
};
