import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compareCodePoints } from './compare.ts';

it('orders strings as their UTF-8 bytes', () => {
  const text = fc.string({ unit: 'binary' });
  fc.assert(
    fc.property(text, text, (a, b) => {
      expect(Math.sign(compareCodePoints(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
    }),
  );
});

it('puts an emoji after U+FF5E, unlike the < of JavaScript', () => {
  expect(compareCodePoints('\u{1F600}', '\uFF5E')).toBeGreaterThan(0);
});
