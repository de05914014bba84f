import { describe, expect, it } from 'vitest';
import { readReplayCommand } from './replay-command.ts';

const GOOD = ['--topic', 'orders', '--from', '2026-03-01T00:00:00Z', '--to', '2026-03-01T09:30:00+09:00'];

/** The good command line, with one option changed; null: left out. */
function withOption(name: string, value: string | null): string[] {
  const args = GOOD.filter((_, i) => GOOD[i] !== name && GOOD[i - 1] !== name);
  return value === null ? args : [...args, name, value];
}

describe('npm run replay-offsets', () => {
  it('reads topic, stretch and partition', () => {
    expect(readReplayCommand([...GOOD, '--partition', '3', '--dry-run'])).toEqual({
      kind: 'replay',
      topic: 'orders',
      stretch: { from: Date.UTC(2026, 2, 1) * 1000, to: Date.UTC(2026, 2, 1, 0, 30) * 1000 },
      partition: 3,
      dryRun: true,
    });
    expect(readReplayCommand(GOOD)).toMatchObject({ partition: null, dryRun: false });
    expect(readReplayCommand(['--help'])).toEqual({ kind: 'help' });
  });

  it.each([
    ['no topic', withOption('--topic', null), '--topic is missing: one of orders, payments'],
    ['a topic nobody reads', withOption('--topic', 'dead-letters'), 'must be one of orders, payments'],
    ['no beginning', withOption('--from', null), '--from must be an ISO 8601 time with an offset'],
    ['a day', withOption('--to', '2026-03-02'), 'not "2026-03-02"'],
    ['a time without offset', withOption('--to', '2026-03-02T00:00:00'), '--to must be an ISO 8601 time'],
    ['an empty stretch', withOption('--to', '2026-03-01T00:00:00Z'), '--from must be before --to'],
    ['a partition that is no number', [...GOOD, '--partition', 'x'], '--partition must be a whole number'],
    ['an option it does not have', [...GOOD, '--epoch', '1'], "Unknown option '--epoch'"],
  ])('refuses %s', (_, args, message) => {
    expect(() => readReplayCommand(args)).toThrow(message);
  });
});
