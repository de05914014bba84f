import { describe, expect, it } from 'vitest';
import { formatIso8601 } from '../../domain/time/iso8601.ts';
import { parseCommand } from './command.ts';
import { HELP } from './help.ts';

const parse = (...args: string[]) => parseCommand(['--data', 'x', ...args]);

describe('the command line', () => {
  it('replays at an hour a second from the beginning when nothing else is said', () => {
    expect(parse()).toMatchObject({
      data: 'x',
      speed: 3_600,
      from: null,
      until: null,
      utcOffset: '-03:00',
      openingStock: null,
      wait: true,
      paused: false,
    });
    expect(parseCommand(['--sample']).data).toBeNull();
    expect(parse('--speed', 'max').speed).toBe(Number.POSITIVE_INFINITY);
  });

  it('takes days to begin where the history is', () => {
    const { from, until } = parse('--from', '2017-01-01', '--until', '2017-03-01T12:00:00Z');
    expect(formatIso8601(from ?? 0)).toBe('2017-01-01T03:00:00.000000Z');
    expect(formatIso8601(until ?? 0)).toBe('2017-03-01T12:00:00.000000Z');
    const moved = parse('--from', '2017-01-01', '--utc-offset', '+05:30');
    expect(formatIso8601(moved.from ?? 0)).toBe('2016-12-31T18:30:00.000000Z');
  });

  it.each([
    [[], /--data and a folder, or --sample/],
    [['--data', 'x', '--sample'], /--data and a folder, or --sample/],
    [['--data', 'x', '--speed', 'fast'], /--speed must be a number greater than 0 or max/],
    [['--data', 'x', '--from', 'monday'], /--from must be a day/],
    [['--data', 'x', '--from', '1999-12-31'], /--from must be 2000 or later, not "1999-12-31"/],
    [['--data', 'x', '--from', '2017-02-01', '--until', '2017-02-01'], /nothing lies between/],
    [['--data', 'x', '--utc-offset', '3'], /--utc-offset must be like/],
    [['--data', 'x', '--opening-stock', '-1'], /argument is ambiguous|whole number/],
    [['--data', 'x', '--opening-stock', '1.5'], /whole number/],
    [['--data', 'x', '--format', 'excel'], /use olist/],
    [['--data', 'x', '--wat'], /--wat/],
  ])('refuses %j', (args, message) => {
    expect(() => parseCommand(args)).toThrow(message);
  });

  it('explains every option', () => {
    for (const option of [
      'data',
      'sample',
      'format',
      'from',
      'until',
      'utc-offset',
      'opening-stock',
      'speed',
      'paused',
    ]) {
      expect(HELP).toContain(`--${option}`);
    }
    for (const option of ['report', 'dry-run', 'no-wait', 'json', 'quiet', 'cache'])
      expect(HELP).toContain(`--${option}`);
  });
});
