import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeReading } from './decode-reading.ts';

describe('decodeReading', () => {
  it('takes the value, and the words where there are some', () => {
    expect(decodeReading('WEATHER', { value: 0.4, text: ' rain ', more: 1 })).toEqual({
      value: 0.4,
      text: 'rain',
    });
    expect(decodeReading('TRAFFIC', { value: 1.62 })).toEqual({
      value: 1.62,
      text: '162 % of the usual travel time',
    });
  });

  it.each([
    { value: 1.2 },
    { value: -0.1 },
    { value: '0.5' },
    { value: Number.NaN },
    {},
    [],
    null,
    'fair',
    3,
  ])('makes no reading of weather out of %j', (answer) => {
    expect(decodeReading('WEATHER', answer)).toBeNull();
  });

  it('throws for nothing that JSON can say', () => {
    fc.assert(
      fc.property(
        fc.jsonValue(),
        fc.constantFrom('WEATHER' as const, 'TRAFFIC' as const),
        (answer, source) => {
          const decoded = decodeReading(source, answer);
          expect(decoded === null || (Number.isFinite(decoded.value) && decoded.text !== '')).toBe(true);
        },
      ),
    );
  });
});
