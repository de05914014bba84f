import { describe, expect, it } from 'vitest';
import { ALERT_STATUSES } from '../../domain/alerts/lifecycle.ts';
import { DAY, MINUTE } from '../../domain/time/micros.ts';
import { OPENED_AT, SETTINGS, sampleAlert } from '../../test/support/slack/sample-alerts.ts';
import { problemsOf } from '../../test/support/slack/slack-rules.ts';
import {
  databaseAway,
  done,
  doneElsewhere,
  groupResult,
  help,
  noAnswerInTime,
  notAllowed,
  notRetriable,
  refused,
  reply,
  unknownAlert,
} from './ephemeral.ts';

const EN = { ...SETTINGS, locale: 'en' as const };
const none = { action: 'ACK', done: 0, already: 0, refused: 0, failed: 0 } as const;

describe.each(['ko', 'en'] as const)('in %s', (locale) => {
  const settings = { ...SETTINGS, locale };

  it('answers in words', () => {
    const view = (status: (typeof ALERT_STATUSES)[number]) => sampleAlert('HOLD', status);
    const answers = [
      ...ALERT_STATUSES.map((status) => doneElsewhere(view(status), settings, OPENED_AT + MINUTE)),
      ...ALERT_STATUSES.map((status) =>
        doneElsewhere({ ...view(status), operator: 'holdfast' }, settings, OPENED_AT + DAY),
      ),
      refused('RETRY', view('RESOLVED'), settings),
      notRetriable(12, settings),
      notAllowed('S0OPS', settings),
      notAllowed(null, settings),
      unknownAlert(99, settings),
      unknownAlert('<!channel>', settings),
      databaseAway(settings),
      noAnswerInTime(settings),
      done('ACK', 12, settings),
      done('SNOOZE', 12, settings),
      groupResult({ ...none, done: 12, already: 3 }, settings),
      groupResult({ ...none, action: 'RESOLVE', done: 5, refused: 2, failed: 1 }, settings),
      groupResult(none, settings),
      help(settings),
    ];
    expect(answers.map(({ text }) => text).join('\n')).toMatchSnapshot();
    for (const answer of answers) expect(problemsOf(answer, ['<!subteam^S0OPS>'])).toEqual([]);
  });
});

it('tells the loser of a race who was first, and when', () => {
  const { text } = doneElsewhere(sampleAlert('HOLD', 'ACK'), EN, OPENED_AT + 5 * MINUTE);
  expect(text).toBe('#12: Already acknowledged by 김민지 at 14:06. Nothing was changed.');
  const later = doneElsewhere(sampleAlert('HOLD', 'ACK'), EN, OPENED_AT + DAY);
  expect(later.text).toContain('at 2026-03-01 14:06.');
});

it('counts what became of a group', () => {
  const { text } = groupResult({ ...none, done: 12, already: 3 }, EN);
  expect(text).toBe('👀 12 acknowledged, 3 were already.');
});

it('makes a message even of lines that do not fit into one section', () => {
  const answer = reply(...Array.from({ length: 40 }, () => 'x'.repeat(200)));
  expect(answer.blocks).toHaveLength(3);
  expect(problemsOf(answer)).toEqual([]);
});
