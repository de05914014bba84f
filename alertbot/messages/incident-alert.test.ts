import type { ActionsBlock, Button } from '@slack/types';
import { describe, expect, it } from 'vitest';
import type { Evidence } from '../../domain/causes/cause.ts';
import { incidentAlert } from '../../domain/response/incident-report.ts';
import { HOUR, MINUTE } from '../../domain/time/micros.ts';
import { incident } from '../../test/support/response/made-up-incidents.ts';
import { renderMessage } from '../../test/support/slack/render-slack.ts';
import { OPENED_AT, SETTINGS, sampleAlert } from '../../test/support/slack/sample-alerts.ts';
import { problemsOf } from '../../test/support/slack/slack-rules.ts';
import { alertMessage } from './alert-message.ts';
import type { ActionView, AlertView } from './alert-view.ts';

const EVIDENCE: Evidence[] = [
  {
    kind: 'SERIES',
    subject: 'riders_idle|region=Gangnam-gu',
    observed: 2,
    expected: 21.4,
    unit: 'count',
    weight: 3.1,
    text: 'riders idle of Gangnam-gu: 2.0 where 21.4 is usual',
  },
  {
    kind: 'SERIES',
    subject: 'delivery_seconds|region=Gangnam-gu',
    observed: 2700,
    expected: 1500,
    unit: 'seconds',
    weight: 1,
    text: '',
  },
  {
    kind: 'REASONS',
    subject: 'STAFF_SHORT',
    observed: 9,
    expected: 12,
    unit: 'count',
    weight: 1,
    text: '9 of 12 refusals give STAFF_SHORT as the reason',
  },
  {
    kind: 'SOURCE',
    subject: 'weather',
    observed: 0.7,
    expected: 0,
    unit: 'level',
    weight: 1,
    text: 'weather: heavy rain, 12 mm/h',
  },
  {
    kind: 'PROBE',
    subject: 'dispatch',
    observed: 0,
    expected: 1,
    unit: 'level',
    weight: 1,
    text: 'service dispatch: no answer',
  },
];

function action(more: Partial<ActionView>): ActionView {
  return {
    actionId: 'action-0123456789',
    action: 'RIDER_INCENTIVE',
    target: 'region=Gangnam-gu',
    status: 'DONE',
    parameters: { amount: 3000, currency: 'KRW' },
    expiresAt: null,
    decidedBy: null,
    decidedById: null,
    problem: null,
    effect: null,
    ...more,
  };
}

const ACTIONS: ActionView[] = [
  action({
    effect: {
      seriesKey: 'orders|region=Gangnam-gu',
      following: false,
      steps: 7,
      difference: 236.4,
      returnedAfter: 25 * MINUTE,
      followedFor: 35 * MINUTE,
      untreated: 80 * MINUTE,
    },
  }),
  action({
    action: 'PROMISE_ADJUST',
    parameters: { minutes: 15 },
    status: 'FAILED',
    problem: 'the receiver answered 503',
    decidedBy: 'kim',
    decidedById: 'U0KIM',
    effect: {
      seriesKey: 'delivery_seconds|region=Gangnam-gu',
      following: false,
      steps: 36,
      difference: -372,
      returnedAfter: null,
      followedFor: 3 * HOUR,
      untreated: null,
    },
  }),
  action({
    actionId: 'action-asked',
    action: 'CUSTOMER_COUPON',
    status: 'PROPOSED',
    expiresAt: OPENED_AT + 30 * MINUTE,
    problem: 'the policy asks for an approval',
  }),
];

function view(more: Partial<AlertView> = {}): AlertView {
  const causes = [
    { cause: 'RIDERS_SHORT', probability: 0.82, evidence: EVIDENCE },
    { cause: 'WEATHER', probability: 0.11, evidence: [] },
    { cause: 'UNKNOWN', probability: 0.07, evidence: [] },
  ] as const;
  const { severity, subject, evidence } = incidentAlert(incident({ causes }));
  return { ...sampleAlert('ANOMALY'), severity, subject, evidence, actions: ACTIONS, ...more };
}

describe('the message of an incident', () => {
  it.each(['ko', 'en'] as const)('says where, why, what was done and what it came to, in %s', (locale) => {
    const message = alertMessage(view(), { ...SETTINGS, locale });
    expect(problemsOf(message)).toEqual([]);
    expect(renderMessage(message)).toMatchSnapshot();
  });

  it('has buttons for each action that is asked for, and none for the others', () => {
    const message = alertMessage(view(), SETTINGS);
    const rows = message.attachments.flatMap(({ blocks }) =>
      blocks.filter((block): block is ActionsBlock => block.type === 'actions'),
    );
    const buttons = rows.flatMap(({ elements }) => elements as Button[]);
    const deciding = buttons.filter(({ action_id }) => action_id?.startsWith('action_'));
    expect(deciding.map(({ action_id, value }) => [action_id, value])).toEqual([
      ['action_approve', '{"x":"action-asked"}'],
      ['action_reject', '{"x":"action-asked"}'],
    ]);
  });

  it('says so while the cause is being looked for', () => {
    const { subject, evidence } = incidentAlert(incident({ settledCause: null }));
    const message = alertMessage(view({ subject, evidence, actions: [] }), { ...SETTINGS, locale: 'en' });
    expect(message.text).toContain(
      'Gangnam-gu: orders, riders waiting not as expected, looking for the cause',
    );
  });

  it('stays within what Slack takes, with many actions', () => {
    const many = Array.from({ length: 40 }, (_, index) =>
      action({
        actionId: `action-${index}`,
        target: `restaurant=R-${index}`,
        status: index % 2 ? 'PROPOSED' : 'DONE',
      }),
    );
    const message = alertMessage(view({ actions: many }), SETTINGS);
    expect(problemsOf(message)).toEqual([]);
    expect(JSON.stringify(message)).toContain('외 25건');
  });

  it('masks whose promotion it is', () => {
    const message = alertMessage(view({ actions: [action({ target: 'customer=U-700123' })] }), SETTINGS);
    expect(JSON.stringify(message)).not.toContain('700123');
  });
});
