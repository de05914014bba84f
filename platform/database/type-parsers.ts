import pg from 'pg';
import { parseIso8601 } from '../../domain/time/iso8601.ts';

const { types } = pg;

/** PostgreSQL's own text for "before all" and "after all" times; no date of ours. */
function parseTimestamp(text: string): number {
  const at = parseIso8601(text);
  if (at === null) throw new Error(`the database gave a time that cannot be read: ${text}`);
  return at;
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
