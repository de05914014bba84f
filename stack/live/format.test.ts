import { expect, test } from 'vitest';
import { bar, fitTo, formatCount, formatSeconds, formatUptime, sparkline } from './format.ts';

test('numbers and times', () => {
  expect([0, 999, 1000, 1234567.4].map(formatCount)).toEqual(['0', '999', '1,000', '1,234,567']);
  expect([0.004, 3.44, 75, 600, 90_000].map(formatSeconds)).toEqual([
    '0.00 s',
    '3.4 s',
    '75 s',
    '10 min',
    '25 h',
  ]);
  expect([7_000, 751_000, 11_109_000].map(formatUptime)).toEqual(['0:07', '12:31', '3:05:09']);
});

test('bars', () => {
  expect(sparkline([0, 4, 8], 10)).toBe('▁▅█');
  expect(sparkline([9, 1, 8], 2)).toBe('▂█');
  expect(sparkline([0, 0], 5)).toBe('▁▁');
  expect([bar(0, 10, 5), bar(1, 1000, 5), bar(10, 10, 5)]).toEqual(['', '█', '█████']);
});

test('text in exactly as many cells as there are', () => {
  expect([fitTo('abc', 5), fitTo('abcdef', 5), fitTo('abc', 0)]).toEqual(['abc  ', 'abcd…', '']);
});
