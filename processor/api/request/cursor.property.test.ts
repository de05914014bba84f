import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Problem } from '../problem.ts';
import { pageOf, readCursor, writeCursor } from './cursor.ts';

const text = fc
  .string({ unit: 'grapheme' })
  .filter((value) => !value.includes('\u0000') && value.isWellFormed());
const value = fc.oneof(text, fc.double({ noNaN: true, noDefaultInfinity: true }));

it('reads what it has written, exactly', () => {
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 5 }), (values) => {
      const kinds = values.map((one) => typeof one as 'string' | 'number');
      expect(readCursor(writeCursor(values), kinds)).toEqual(values.map((one) => (one === 0 ? 0 : one)));
    }),
  );
});

it('refuses everything else as a problem', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.base64String(),
        fc.json().map((json) => Buffer.from(json).toString('base64url')),
      ),
      (cursor) => {
        expect(() => readCursor(cursor, ['number', 'string', 'number'])).toThrow(Problem);
      },
    ),
  );
});

it('takes integers of the database where integers are', () => {
  for (const value of [1, -3, 2_147_483_647])
    expect(readCursor(writeCursor([value]), ['integer'])).toEqual([value]);
  for (const value of [1.5, 1e20, 2_147_483_648, '1'])
    expect(() => readCursor(writeCursor([value]), ['integer'])).toThrow(Problem);
  expect(() => readCursor(Buffer.from('[1e999]').toString('base64url'), ['number'])).toThrow(Problem);
});

it('pages are the list, cut', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.nat(), { maxLength: 30 }),
      fc.integer({ min: 1, max: 7 }),
      (numbers, limit) => {
        const sorted = numbers.toSorted((a, b) => a - b);
        const found: number[] = [];
        let after: number | null = null;
        for (let pages = 0; ; pages += 1) {
          expect(pages).toBeLessThanOrEqual(sorted.length);
          const behind: number[] = sorted.filter((one) => after === null || one > after).slice(0, limit + 1);
          const { items, cursor } = pageOf(behind, limit, (one) => [one]);
          found.push(...items);
          if (cursor === null) break;
          [after] = readCursor(cursor, ['number']) as [number];
        }
        expect(found).toEqual(sorted);
      },
    ),
  );
});
