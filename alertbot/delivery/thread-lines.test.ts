import { expect, it } from 'vitest';
import { HOUR } from '../../domain/time/micros.ts';
import type { StoredEntry } from '../sql/read-post-entries.ts';
import { entriesThatFit, isMoot, threadLines } from './thread-lines.ts';

const NOW = 1_000_000 * HOUR;

const entry = (change: Partial<StoredEntry> = {}): StoredEntry => ({
  replyId: 1,
  alertId: 1,
  at: NOW,
  action: 'ACK',
  actor: 'kim',
  actorId: 'U1',
  source: 'slack',
  before: 'OPEN',
  after: 'ACK',
  decision: null,
  note: null,
  alert: { status: 'ACK', snoozedUntil: null, orderId: null, subject: 'what' },
  ...change,
});
const open = { status: 'OPEN', snoozedUntil: null, orderId: null, subject: 'what' } as const;

it('reminds of nothing that is no longer open', () => {
  for (const action of ['REMIND', 'ESCALATE']) {
    expect(isMoot(entry({ action }))).toBe(true);
    expect(isMoot(entry({ action, alert: open }))).toBe(false);
  }
  expect(isMoot(entry())).toBe(false);
});

it('what many alerts have in common takes the room of one line', () => {
  const same = Array.from({ length: 1000 }, (_, i) => entry({ alertId: i }));
  expect(entriesThatFit(same)).toBe(1000);
  const different = same.map((one, i) => ({ ...one, note: `${i}` }));
  expect(entriesThatFit(different)).toBeGreaterThan(5);
  expect(entriesThatFit(different)).toBeLessThan(30);
});

it('one entry always fits', () => {
  const long = (note: string) => entry({ note: note.repeat(100_000) });
  expect(entriesThatFit([long('x'), long('y')])).toBe(1);
  expect(entriesThatFit([])).toBe(0);
});

it('names alerts only in the thread of a group', () => {
  const entries = [entry(), entry({ alert: { ...open, orderId: 'o-1' } })];
  expect(threadLines(entries, false, NOW).map(({ subjects }) => subjects)).toEqual([[], []]);
  expect(threadLines(entries, true, NOW).map(({ subjects }) => subjects)).toEqual([['what'], ['o-1']]);
});

it('tells a snooze that has ended by itself from one that somebody ended', () => {
  const actionOf = (source: 'auto' | 'slack') =>
    threadLines([entry({ action: 'UNSNOOZE', source })], false, NOW)[0]?.action;
  expect([actionOf('auto'), actionOf('slack')]).toEqual(['SNOOZE_ENDED', 'UNSNOOZE']);
});

it('says until when an alert is snoozed, while it is', () => {
  const until = (snoozedUntil: number | null) =>
    threadLines([entry({ action: 'SNOOZE', alert: { ...open, snoozedUntil } })], false, NOW)[0]?.until;
  expect([until(NOW + HOUR), until(NOW - HOUR), until(null)]).toEqual([NOW + HOUR, null, null]);
});
