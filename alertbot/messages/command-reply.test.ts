import { expect, it } from 'vitest';
import { renderMessage } from '../../test/support/slack/render-slack.ts';
import { OPENED_AT, SETTINGS, sampleAlert } from '../../test/support/slack/sample-alerts.ts';
import { problemsOf } from '../../test/support/slack/slack-rules.ts';
import type { CommandProblem } from '../commands/parse-command.ts';
import { listReply, MOST_LISTED, problemReply, showReply } from './command-reply.ts';

const EN = { ...SETTINGS, locale: 'en' as const };
const ALERTS = [sampleAlert('EVENT', 'OPEN', { alertId: 3 }), sampleAlert('HOLD', 'ACK', { alertId: 2 })];

it.each([SETTINGS, EN])('lists alerts, the most urgent first', (settings) => {
  const answer = listReply({ filter: 'all', alerts: ALERTS, total: 2 }, settings);
  expect(answer.text).toMatchSnapshot();
  expect(problemsOf(answer)).toEqual([]);
});

it.each(['all', 'critical', 'warning', 'mine'] as const)('says so when there is none: %s', (filter) => {
  expect(listReply({ filter, alerts: [], total: 0 }, EN).text).toMatch(/no .*alert|no .*warnings/u);
});

it('counts the alerts it does not list', () => {
  const many = Array.from({ length: 60 }, (_, index) => sampleAlert('HOLD', 'OPEN', { alertId: index }));
  const answer = listReply({ filter: 'critical', alerts: many, total: 400 }, EN);
  expect(answer.text.match(/#\d+/gu)).toHaveLength(MOST_LISTED);
  expect(answer.text).toContain(`… and ${400 - MOST_LISTED} more`);
  expect(problemsOf(answer)).toEqual([]);
});

it('shows an alert with its history', () => {
  const view = sampleAlert('HOLD', 'ACK');
  const line = { at: OPENED_AT, action: 'ACK', actor: '김민지', actorId: 'U0KIM', source: 'slack' } as const;
  const history = [
    { ...line, before: 'OPEN', after: 'ACK', note: null, alertIds: [12], subjects: [] } as const,
  ];
  const answer = showReply(view, history, SETTINGS);
  expect(renderMessage(answer)).toMatch(/\*이력\*\n.*\n.*👀 \*ACK\* 확인 · <@U0KIM> · 2026-03-01 14:02/u);
  expect(problemsOf(answer, ['<@U0KIM>'])).toEqual([]);
  expect(renderMessage(showReply(view, [], SETTINGS))).not.toContain('이력');
});

it.each([SETTINGS, EN])('says what to type instead', (settings) => {
  const word = '`<!channel>`';
  const problems: CommandProblem[] = [
    { code: 'unknown_command', word },
    { code: 'missing_id', command: 'ack' },
    { code: 'bad_id', command: 'ack', word },
    { code: 'bad_filter', word },
    { code: 'missing_duration', alertId: 12 },
    { code: 'bad_duration', alertId: 12, word },
    { code: 'surplus', command: 'retry', word },
    { code: 'note_too_long', most: 500 },
  ];
  const answers = problems.map((problem) => problemReply(problem, settings));
  expect(answers.map(({ text }) => text).join('\n')).toMatchSnapshot();
  for (const answer of answers) expect(problemsOf(answer)).toEqual([]);
});
