import { describe, expect, it } from 'vitest';
import { HOUR, MINUTE, SECOND } from '../../domain/time/micros.ts';
import { OPENED_AT, SETTINGS } from '../../test/support/slack/sample-alerts.ts';
import { problemsOf } from '../../test/support/slack/slack-rules.ts';
import { UNTIL_FIXED } from './alert-view.ts';
import { type ThreadLine, threadEntry } from './thread-entry.ts';

const ACK: ThreadLine = {
  at: OPENED_AT,
  action: 'ACK',
  actor: '김민지',
  actorId: 'U0KIM',
  source: 'slack',
  before: 'OPEN',
  after: 'ACK',
  note: null,
  alertIds: [12],
  subjects: [],
};

const auto = { actor: 'holdfast', actorId: null, source: 'auto' } as const;

const HISTORY: readonly ThreadLine[] = [
  ACK,
  { ...ACK, at: OPENED_AT + MINUTE, action: 'SNOOZE', until: OPENED_AT + HOUR },
  { ...ACK, ...auto, at: OPENED_AT + HOUR, action: 'SNOOZE_ENDED' },
  { ...ACK, at: OPENED_AT + HOUR, action: 'SNOOZE', until: UNTIL_FIXED },
  { ...ACK, at: OPENED_AT + HOUR, action: 'UNSNOOZE' },
  {
    ...ACK,
    ...auto,
    at: OPENED_AT + 2 * HOUR,
    action: 'UNACK',
    before: 'ACK',
    after: 'OPEN',
    note: '4시간 동안 진전 없음',
  },
  { ...ACK, ...auto, at: OPENED_AT + 3 * HOUR, action: 'REMIND', before: 'OPEN', after: 'OPEN' },
  { ...ACK, ...auto, at: OPENED_AT + 3 * HOUR, action: 'ESCALATE', before: 'OPEN', after: 'OPEN' },
  {
    ...ACK,
    at: OPENED_AT + 4 * HOUR,
    action: 'RETRY',
    after: 'RETRY_REQUESTED',
    actor: 'lee',
    actorId: null,
    source: 'api',
  },
  {
    ...ACK,
    ...auto,
    at: OPENED_AT + 4 * HOUR,
    action: 'RETRY_FAILED',
    before: 'RETRY_REQUESTED',
    after: 'OPEN',
    note: 'not enough stock: 1 of 3',
  },
  {
    ...ACK,
    ...auto,
    at: OPENED_AT + 5 * HOUR,
    action: 'RETRY_EXPIRED',
    before: 'RETRY_REQUESTED',
    after: 'OPEN',
  },
  {
    ...ACK,
    ...auto,
    at: OPENED_AT + 5 * HOUR,
    action: 'RETRY_SUCCEEDED',
    before: 'RETRY_REQUESTED',
    after: 'RESOLVED',
  },
  {
    ...ACK,
    at: OPENED_AT + 5 * HOUR,
    action: 'RESOLVE',
    after: 'RESOLVED',
    decision: 'release',
    note: '오탐: 기업 주문\n<!channel>',
  },
  { ...ACK, ...auto, at: OPENED_AT + 5 * HOUR, action: 'CLOSE', after: 'RESOLVED' },
  { ...ACK, at: OPENED_AT + 6 * HOUR, action: 'ARCHIVE', before: 'OPEN', after: 'RESOLVED' },
];

describe.each(['ko', 'en'] as const)('in %s', (locale) => {
  it('tells everything that can happen to an alert', () => {
    const entry = threadEntry(HISTORY, { ...SETTINGS, locale });
    expect(entry.text).toMatchSnapshot();
    expect(problemsOf(entry, ['<@U0KIM>', '<!subteam^S0ONCALL>'])).toEqual([]);
  });
});

it('tells what one click did to several alerts in one line', () => {
  const clicks = Array.from({ length: 13 }, (_, index) => ({
    ...ACK,
    at: OPENED_AT + index * 100_000,
    alertIds: [100 + index],
    subjects: [`#${100 + index} A-${index}`],
  }));
  expect(threadEntry(clicks, { ...SETTINGS, locale: 'en' }).text).toBe(
    [
      '👀 *ACK* · 13 alerts · by <@U0KIM> · 2026-03-01 14:02',
      ...Array.from({ length: 10 }, (_, index) => `• #${100 + index} A-${index}`),
      '… and 3 more',
    ].join('\n'),
  );
});

it.each<[string, Partial<ThreadLine>]>([
  ['another person', { actorId: 'U0LEE', actor: '이준호' }],
  ['another action', { action: 'RESOLVE' }],
  ['another decision', { decision: 'cancel' }],
  ['another note', { note: 'why' }],
  ['another minute', { at: OPENED_AT + 6 * SECOND }],
  ['the same alert again', { alertIds: [12] }],
])('keeps apart what is not the same click: %s', (_, other) => {
  const entry = threadEntry([ACK, { ...ACK, alertIds: [13], ...other }], SETTINGS);
  expect(entry.text.match(/2026-03-01/gu)).toHaveLength(2);
});

it('calls nobody when there is nobody to call', () => {
  const line: ThreadLine = { ...ACK, ...auto, action: 'ESCALATE' };
  const entry = threadEntry([line], { ...SETTINGS, escalation: null });
  expect(problemsOf(entry)).toEqual([]);
});

it('posts more history than fits with a mark where it ends', () => {
  const long = Array.from({ length: 300 }, (_, index) => ({
    ...ACK,
    alertIds: [index],
    note: `${index} `.repeat(200),
  }));
  const entry = threadEntry(long, SETTINGS);
  expect(problemsOf(entry, ['<@U0KIM>'])).toEqual([]);
  expect(JSON.stringify(entry.blocks)).toContain('…');
});
