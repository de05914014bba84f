import { describe, expect, test } from 'vitest';
import { parseIso8601 } from '../../domain/time/iso8601.ts';
import { parseEvaluateCommand } from './command.ts';

describe('parseEvaluateCommand', () => {
  test('the day is one of the place the data comes from', () => {
    const { trainUntil, data } = parseEvaluateCommand(['--data', 'somewhere']);
    expect(data).toBe('somewhere');
    expect(trainUntil).toBe(parseIso8601('2017-10-01T00:00:00-03:00'));
  });

  test.each([
    [[], 'say which history to judge on: --data and a folder'],
    [['--data', 'd', '--train-until', 'soon'], '--train-until must be a day such as 2017-10-01, not "soon"'],
    [['--data', 'd', '--format', 'x'], '--format "x" is unknown: use olist'],
    [['--data', 'd', '--fast'], "Unknown option '--fast'"],
  ])('%j is refused', (args, message) => {
    expect(() => parseEvaluateCommand(args)).toThrow(message);
  });

  test('help needs no data', () => {
    expect(parseEvaluateCommand(['--help']).help).toBe(true);
  });
});
