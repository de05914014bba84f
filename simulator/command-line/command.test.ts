import { describe, expect, it } from 'vitest';
import { parseCommand } from './command.ts';
import { formatDuration, parseDuration } from './duration.ts';
import { HELP } from './help.ts';
import { planRun } from './plan-run.ts';

const NOW = Date.UTC(2026, 2, 2, 3);
const CONFIG = { timeZone: 'Asia/Seoul', locale: 'ko', maxRecordBytes: 1_048_576 } as const;
const plan = (...args: string[]) => planRun(parseCommand(args, NOW), CONFIG, NOW);

describe('the command line', () => {
  it('sends mixed traffic at 20/s for ten minutes from now when nothing is said', () => {
    const { generate, speed, live } = plan();
    expect(generate).toMatchObject({
      scenarios: ['mixed'],
      density: 20,
      duration: 600_000,
      start: NOW,
      background: true,
    });
    expect(generate.events).toBeUndefined();
    expect({ speed, live }).toEqual({ speed: 1, live: true });
  });

  it('sends JSON unless Avro is asked for', () => {
    expect(parseCommand([], NOW).format).toBe('json');
    expect(parseCommand(['--format', 'avro'], NOW).format).toBe('avro');
    expect(() => parseCommand(['--format', 'xml'], NOW)).toThrow('--format must be json or avro');
  });

  it('makes --rate max as dense as 50/s and ends it now', () => {
    const { generate, speed, staysInThePast } = plan('--rate', 'max', '--events', '1000000');
    expect(generate.density).toBe(50);
    expect(speed).toBe(Number.POSITIVE_INFINITY);
    expect(generate.start + (1_000_000 / 50) * 1_000).toBeLessThanOrEqual(NOW);
    expect(staysInThePast).toBe(false);
    expect(plan('--rate', 'max', '--speed', '1').generate.density).toBe(50_000);
  });

  it('divides the density of a paced run by its speed', () => {
    expect(plan('--rate', '600', '--speed', '60', '--duration', '2h')).toMatchObject({
      speed: 60,
      live: false,
      generate: { density: 10, duration: 7_200_000 },
    });
  });

  it('lets a fast endless run catch up and then stay with the clock', () => {
    const { generate, staysInThePast } = plan('--rate', 'max', '--forever');
    expect(generate.duration).toBeUndefined();
    expect(generate.start).toBeLessThan(NOW - 29 * 86_400_000);
    expect(staysInThePast).toBe(true);
  });

  it('names runs anew unless told', () => {
    expect(plan('--run-id', 'abc').generate.run).toBe('abc');
    const later = planRun(parseCommand([], NOW), CONFIG, NOW + 1).generate.run;
    expect(later).not.toBe(plan().generate.run);
  });

  it('warns of times the processor turns away', () => {
    expect(plan('--start', '2026-03-05T00:00:00Z', '--events', '10').warnings).toHaveLength(1);
    expect(plan().warnings).toHaveLength(0);
  });

  it.each([
    [['--rate', 'fast'], /--rate must be a number greater than 0 or max/],
    [['--rate', '0'], /--rate/],
    [['--events', '1.5'], /whole number/],
    [['--scenario', 'chaos'], /use normal, validation/],
    [['--duration', '10'], /90s, 10m/],
    [['--forever', '--events', '5'], /no end/],
    [['--start', '2026-03-01T09:00:00'], /time with offset/],
    [['--run-id', 'a b'], /letters and digits/],
    [['--scenario', 'normal', '--no-background'], /nothing to send/],
    [['--wat'], /--wat/],
    [['mixed'], /positional/],
  ])('refuses %j', (args, message) => {
    expect(() => parseCommand(args, NOW)).toThrow(message);
  });

  it('explains every option', () => {
    for (const option of [
      'scenario',
      'rate',
      'events',
      'duration',
      'forever',
      'seed',
      'start',
      'speed',
      'users',
      'products',
      'verify',
      'json',
    ]) {
      expect(HELP).toContain(`--${option}`);
    }
  });
});

it('reads and writes durations', () => {
  expect(['90s', '10m', '1h30m', '2d', '250ms', '1.5h'].map(parseDuration)).toEqual([
    90_000, 600_000, 5_400_000, 172_800_000, 250, 5_400_000,
  ]);
  expect(['', '10', 'm', '5 m', '-1s', '0s'].map(parseDuration)).toEqual(new Array(6).fill(undefined));
  expect([0, 45_000, 200_000, 7_500_000, 356_400_000].map(formatDuration)).toEqual([
    '0s',
    '45s',
    '3m 20s',
    '2h 5m',
    '4d 3h',
  ]);
});
