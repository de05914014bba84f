import { expect, test } from 'vitest';
import { HOUR, MINUTE } from '../../domain/time/micros.ts';
import { parseForecastCommand } from './command.ts';
import { seriesOf } from './read-series.ts';

const TEXT =
  'timestamp,value\n2014-07-01 00:00:00,10\n2014-07-01 00:30:00,4\n2014-07-01 02:00:00,3\n2014-07-01 02:30:00,5\n';

test('times without a zone, values of a step together, and what is missing', () => {
  const { step, points, missing } = seriesOf(TEXT, null);
  expect(step).toBe(30 * MINUTE);
  expect(points.map(({ value }) => value)).toEqual([10, 4, 3, 5]);
  expect(missing).toBe(2);
  expect(seriesOf(TEXT, HOUR).points).toEqual([
    { at: 1_404_172_800_000_000, value: 14 },
    { at: 1_404_172_800_000_000 + 2 * HOUR, value: 8 },
  ]);
});

test.each([
  ['timestamp,value\n', 'two values at least'],
  ['time,value\na,1\nb,2\n', 'column timestamp is missing'],
  ['timestamp,value\nsoon,1\nlater,2\n', 'line 2: timestamp "soon"'],
  ['timestamp,value\n2014-07-01 00:00:00,-1\n2014-07-01 00:30:00,4\n', 'line 2: value "-1"'],
  ['timestamp,value\n2014-07-01 00:00:00,1\n2014-07-01 00:00:00,4\n', 'all times are the same'],
  ['timestamp,value\n2014-07-01 00:00:00,1\n2014-07-01 00:07:00,4\n', 'use --every'],
])('%j is refused', (text, message) => {
  expect(() => seriesOf(text, null)).toThrow(message);
});

test.each([
  [['--horizons', '30'], '--horizons takes lengths such as 30m, 2.5h or 14d, not "30"'],
  [['--coverage', '2'], '--coverage must be between 0 and 1, not "2"'],
  [['--fast'], "Unknown option '--fast'"],
])('%j is refused', (args, message) => {
  expect(() => parseForecastCommand(args)).toThrow(message);
});
