import { expect, test } from 'vitest';
import { DAY } from '../../domain/time/micros.ts';
import { logOf } from './read-log.ts';

test('a log with a header, columns at fixed places, and two purchases on a day', () => {
  const text =
    ' customer_id  date number_of_cds  dollar_value\n 00001 19970101  1   11.77\n 00001 19970101 2 8\n00002\t1997-01-02\t3\n';
  expect(logOf(text)).toMatchObject([
    { customerId: '00001', at: 9862 * DAY, amount: 19.77 },
    { customerId: '00002', at: 9863 * DAY, amount: 3 },
  ]);
});

test.each([
  ['', 'no order in it'],
  ['a,2026-01-01,3\nb', 'line 2: a line is'],
  ['a,2026-01-01,3\nb,2026-13-01,3', 'line 2: "2026-13-01" is no day'],
  ['a,2026-01-01,x', 'line 1: amount "x" is no number'],
])('%j is refused', (text, message) => {
  expect(() => logOf(text)).toThrow(message);
});
