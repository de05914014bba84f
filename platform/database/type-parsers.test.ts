import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { parseTimestamp, typeParsers } from './type-parsers.ts';

describe('parseTimestamp', () => {
  it.each([
    ['2026-03-02 11:59:58.123456+00', '2026-03-02T11:59:58.123Z', 456],
    ['2026-03-02 20:59:58+09', '2026-03-02T11:59:58.000Z', 0],
    ['10000-01-01 17:59:59+00', '+010000-01-01T17:59:59.000Z', 0],
    ['0001-12-31 15:00:00+00 BC', '0000-12-31T15:00:00.000Z', 0],
    ['0001-02-29 00:00:00+00 BC', '0000-02-29T00:00:00.000Z', 0],
    ['0044-03-15 12:00:00.5+00 BC', '-000043-03-15T12:00:00.500Z', 0],
    ['0400-01-01 00:00:00+00 BC', '-000399-01-01T00:00:00.000Z', 0],
    ['4713-11-24 00:00:00+00 BC', '-004712-11-24T00:00:00.000Z', 0],
    ['294276-12-31 00:00:00+00', null, 0],
  ])('%s', (text, same, more) => {
    const expected =
      same === null
        ? (Date.UTC(2276, 11, 31) + 292_000 * 365.2425 * 86_400_000) * 1000
        : Date.parse(same) * 1000 + more;
    expect(parseTimestamp(text)).toBe(expected);
  });

  it.each(['infinity', '-infinity', '', '2026-03-02'])('refuses %j', (text) => {
    expect(() => parseTimestamp(text)).toThrow('cannot be read');
  });
});

it('gives numbers for int8 and numeric, and leaves the rest to pg', () => {
  const { builtins } = pg.types;
  const parse = (oid: number, text: string) =>
    (typeParsers.getTypeParser(oid, 'text') as (text: string) => unknown)(text);
  expect(parse(builtins.INT8, '9007199254740991')).toBe(9_007_199_254_740_991);
  expect(parse(builtins.NUMERIC, '19.90')).toBe(19.9);
  expect(parse(builtins.BOOL, 't')).toBe(true);
  expect(parse(builtins.JSONB, '{"a":[1]}')).toEqual({ a: [1] });
});
