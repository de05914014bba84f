import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { validateOrder } from './validation.ts';

const isFine = (shippingAddress: string) => validateOrder({ userId: 'u1', shippingAddress }).length === 0;

const word: fc.Arbitrary<string> = fc.constantFrom(
  'Main',
  '서울시',
  '123',
  '12-3',
  'Nullville',
  'unknowns',
  '?!',
  '\u{1F600}\u{1F600}',
  'x',
);
const placeholder = fc
  .constantFrom('?', 'Unknown', 'NULL')
  .chain((text) => fc.constantFrom(text, text.toLowerCase(), text.toUpperCase()));
const gap = fc.constantFrom(' ', ',', ', ', '  ', ',,', ' ,');

function joined(words: readonly string[], gaps: readonly string[]): string {
  return words.map((one, i) => (i === 0 ? one : (gaps[i] ?? ' ') + one)).join('');
}

describe('an address', () => {
  const words = fc.array(word, { minLength: 3, maxLength: 6 });
  const gaps = fc.array(gap, { minLength: 8, maxLength: 8 });

  it('is fine without a placeholder between its gaps, whatever its words contain', () => {
    fc.assert(
      fc.property(words, gaps, (list, between) => {
        fc.pre([...joined(list, between)].length >= 5);
        expect(isFine(joined(list, between))).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  it('is not with one, wherever it stands', () => {
    fc.assert(
      fc.property(words, gaps, placeholder, fc.nat(), (list, between, bad, where) => {
        expect(isFine(joined(list.toSpliced(where % (list.length + 1), 0, bad), between))).toBe(false);
      }),
      { numRuns: 1_000 },
    );
  });

  it('needs five characters between its outer blanks, counted as people count', () => {
    fc.assert(
      fc.property(fc.constantFrom('a', '가', '\u{1F600}'), fc.nat(9), fc.nat(3), (one, count, blanks) => {
        expect(isFine(' '.repeat(blanks) + one.repeat(count) + ' '.repeat(blanks))).toBe(count >= 5);
      }),
    );
  });
});

it('never throws, and says at least what is missing', () => {
  fc.assert(
    fc.property(
      fc.option(fc.string()),
      fc.option(fc.string({ unit: 'binary' })),
      (userId, shippingAddress) => {
        const problems = validateOrder({ userId, shippingAddress });
        expect(problems.includes('user_id is missing')).toBe(userId === null);
        expect(problems.includes('shipping_address is missing')).toBe(shippingAddress === null);
      },
    ),
  );
});
