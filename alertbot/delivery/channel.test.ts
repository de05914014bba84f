import { expect, it } from 'vitest';
import { MINUTE, SECOND } from '../../domain/time/micros.ts';
import { Channel, turnRanks } from './channel.ts';

const NOW = 1_000_000 * SECOND;

/** Who goes next when all three wait. */
function turns(waiting: readonly ('critical' | 'other' | 'reply')[], count: number): string[] {
  let sinceReply = 0;
  return Array.from({ length: count }, () => {
    const ranks = turnRanks(sinceReply);
    const next = waiting.toSorted((a, b) => ranks[a] - ranks[b])[0]!;
    sinceReply = next === 'reply' ? 0 : sinceReply + 1;
    return next;
  });
}

it('critical messages come first, and threads get every fourth turn', () => {
  expect(turns(['other', 'critical', 'reply'], 8)).toEqual([
    ...['critical', 'critical', 'critical', 'reply'],
    ...['critical', 'critical', 'critical', 'reply'],
  ]);
});

it('other messages and threads take turns', () => {
  expect(turns(['other', 'reply'], 4)).toEqual(['other', 'reply', 'other', 'reply']);
});

it('leaves a closed channel alone for a minute', () => {
  const channel = new Channel('#x', 1);
  channel.close(NOW, 'is_archived');
  expect([channel.isClosed(NOW + MINUTE - 1), channel.isClosed(NOW + MINUTE)]).toEqual([true, false]);
  channel.close(NOW, 'is_archived');
  channel.open();
  expect(channel.isClosed(NOW)).toBe(false);
});

it('asks ever less often while Slack is away, and at once when it is back', () => {
  const channel = new Channel('#x', 1);
  expect(channel.answered()).toBe(false);
  for (let failures = 0; failures < 20; failures += 1) channel.failed(NOW, 'unknown');
  expect(channel.isAway(NOW + 30 * SECOND - 1)).toBe(true);
  expect(channel.isAway(NOW + 60 * SECOND)).toBe(false);
  expect(channel.answered()).toBe(true);
  expect(channel.isAway(NOW)).toBe(false);
});
