import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatIso8601, parseIso8601 } from './iso8601.ts';

describe('parseIso8601', () => {
  it('agrees with the platform on every millisecond of four millennia', () => {
    fc.assert(
      fc.property(
        fc.date({
          min: new Date('0001-01-01T00:00:00Z'),
          max: new Date('4000-01-01T00:00:00Z'),
          noInvalidDate: true,
        }),
        (date) => {
          expect(parseIso8601(date.toISOString())).toBe(date.getTime() * 1000);
        },
      ),
    );
  });

  it('is undone by formatIso8601, to the microsecond', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9_000_000_000_000_000 }), (at) => {
        expect(parseIso8601(formatIso8601(at))).toBe(at);
      }),
    );
  });

  it.each([
    ['2026-03-01T09:30:00+09:00', '2026-03-01T00:30:00.000Z'],
    ['2026-03-01T09:30:00+0900', '2026-03-01T00:30:00.000Z'],
    ['2026-03-01 00:30:00+00', '2026-03-01T00:30:00.000Z'],
    ['2026-03-01T00:30Z', '2026-03-01T00:30:00.000Z'],
    ['2026-02-28T20:30:00-04:00', '2026-03-01T00:30:00.000Z'],
    ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
  ])('reads %s', (text, same) => {
    expect(parseIso8601(text)).toBe(Date.parse(same) * 1000);
  });

  it('keeps microseconds and cuts what is finer', () => {
    expect(parseIso8601('1970-01-01T00:00:00.1234567Z')).toBe(123_456);
    expect(parseIso8601('1970-01-01T00:00:00.5Z')).toBe(500_000);
  });

  it.each([
    '',
    'now',
    '2026-03-01',
    '2026-03-01T09:30:00',
    '2026-02-30T00:00:00Z',
    '2023-02-29T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-03-01T24:00:00Z',
    '2026-03-01T09:60:00Z',
    '2026-03-01T09:30:60Z',
    '2026-03-01T09:30:00.Z',
    '2026-03-01T09:30:00+9',
    '2026-03-01T09:30:00Z ',
    '2026-3-1T09:30:00Z',
    '2026-03-01T09:30:00+09:00x',
    '1772323800',
    '٢٠٢٦-03-01T09:30:00Z',
  ])('refuses %j', (text) => {
    expect(parseIso8601(text)).toBeNull();
  });
});
