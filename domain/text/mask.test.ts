import fc from 'fast-check';
import { expect, it } from 'vitest';
import { mask } from './mask.ts';

it.each([
  ['U-0012', 3, 'U-0***'],
  ['서울특별시', 3, '서울특***'],
  ['abc', 3, '***'],
  ['', 3, '***'],
  ['\u{1F600}\u{1F601}\u{1F602}\u{1F603}', 3, '\u{1F600}\u{1F601}\u{1F602}***'],
  ['secret', 0, '***'],
])('%s keeps %i characters: %s', (text, keep, expected) => {
  expect(mask(text, keep)).toBe(expected);
});

it('never tells more than it may, nor how long the text was', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: 'binary' }),
      fc.nat({ max: 5 }),
      (text, rest, keep) => {
        const masked = mask(text, keep);
        expect(masked.endsWith('***')).toBe(true);
        expect([...masked].length).toBeLessThanOrEqual(keep + 3);
        if ([...text].length > keep)
          expect(mask(text + rest, keep).slice(0, -3)).toBe([...(text + rest)].slice(0, keep).join(''));
      },
    ),
  );
});
