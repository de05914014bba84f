import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTime } from '../../test/support/oracle/read-time.ts';
import { renderTime, timeStyle, UTC } from '../../test/support/traffic/times.ts';
import { formatIso8601, parseIso8601 } from './iso8601.ts';

const between = (from: string, to: string) =>
  fc.integer({ min: Date.parse(from) * 1000, max: Date.parse(to) * 1000 });

const instant = between('1900-01-01T00:00:00Z', '2200-01-01T00:00:00Z');

describe('parseIso8601', () => {
  it('names the same instant on every clock', () => {
    fc.assert(
      fc.property(instant, timeStyle, (at, style) => {
        expect(parseIso8601(renderTime(at, style))).toBe(at);
      }),
      { numRuns: 3_000 },
    );
  });

  it('knows how long every month is', () => {
    const days = fc.tuple(
      fc.integer({ min: 1, max: 4_000 }),
      fc.integer({ min: 0, max: 13 }),
      fc.integer({ min: 27, max: 32 }),
    );
    const century = fc.tuple(
      fc.integer({ min: 1, max: 40 }).map((n) => n * 100),
      fc.constant(2),
      fc.constantFrom(28, 29),
    );
    fc.assert(
      fc.property(fc.oneof(days, century), ([year, month, day]) => {
        const text = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${day}T00:00:00Z`;
        expect(parseIso8601(text)).toBe(readTime(text));
      }),
      { numRuns: 3_000 },
    );
  });

  it('agrees with the plain reader on what a time is, however it is bent', () => {
    const piece = fc.constantFrom(
      '0',
      '9',
      '5',
      '3',
      '-',
      '+',
      ':',
      '.',
      ',',
      'T',
      ' ',
      'Z',
      'z',
      '',
      '٣',
      '\uFF11',
      'e',
      '00',
    );
    const bent = fc
      .tuple(instant, timeStyle, fc.array(fc.tuple(fc.nat(40), fc.nat(2), piece), { maxLength: 3 }))
      .map(([at, style, cuts]) =>
        cuts.reduce(
          (text, [from, length, by]) => text.slice(0, from) + by + text.slice(from + length),
          renderTime(at, style),
        ),
      );
    fc.assert(
      fc.property(bent, (text) => {
        expect(parseIso8601(text)).toBe(readTime(text));
      }),
      { numRuns: 20_000 },
    );
  });
});

describe('formatIso8601', () => {
  it('writes what the platform writes, and sorts as time does', () => {
    fc.assert(
      fc.property(instant, instant, (a, b) => {
        expect(formatIso8601(a)).toBe(renderTime(a, UTC));
        expect(formatIso8601(a) < formatIso8601(b)).toBe(a < b);
      }),
      { numRuns: 3_000 },
    );
  });
});
