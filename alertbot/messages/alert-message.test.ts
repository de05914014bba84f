import { describe, expect, it } from 'vitest';
import type { AlertKind } from '../../domain/alerts/alert.ts';
import { ALERT_STATUSES } from '../../domain/alerts/lifecycle.ts';
import { HOUR, MINUTE } from '../../domain/time/micros.ts';
import { renderMessage } from '../../test/support/slack/render-slack.ts';
import { OPENED_AT, SETTINGS, sampleAlert, sampleHold } from '../../test/support/slack/sample-alerts.ts';
import { problemsOf } from '../../test/support/slack/slack-rules.ts';
import { alertMessage } from './alert-message.ts';
import { type AlertView, UNTIL_FIXED } from './alert-view.ts';

const KINDS: readonly AlertKind[] = ['HOLD', 'EVENT', 'PIPELINE', 'ANOMALY', 'INVENTORY', 'DELIVERY'];
const LOCALES = ['ko', 'en'] as const;

const HOLDS: readonly (readonly [string, AlertView])[] = [
  [
    'FUL-VALID',
    sampleHold('FUL-VALID', {
      event_id: 'A-1042.1',
      problems: [
        'user_id is missing',
        'shipping_address is missing',
        'shipping_address is shorter than 5 characters',
        'shipping_address contains the placeholder Unknown',
        'something new',
      ],
    }),
  ],
  [
    'FUL-FRAUD-PROD',
    sampleHold('FUL-FRAUD-PROD', {
      product_id: 'P-31',
      count: 4,
      window_seconds: 1,
      trigger_order_id: 'A-1042',
    }),
  ],
  ['FUL-INV', sampleHold('FUL-INV', { product_id: 'P-31', quantity: 3, available: 1 })],
  ['EXTERNAL', sampleHold('EXTERNAL', { reason_code: 'RISK-9', event_id: 'e1' })],
  ['EXTERNAL without a reason', sampleHold('EXTERNAL', { reason_code: null, event_id: 'e1' })],
  ['unknown reason', sampleHold('FUL-NEW', {})],
];

const STATES: readonly (readonly [string, AlertView])[] = [
  ['snoozed', sampleAlert('HOLD', 'OPEN', { snoozedUntil: OPENED_AT + HOUR, operator: '김민지' })],
  ['acknowledged and snoozed until fixed', sampleAlert('HOLD', 'ACK', { snoozedUntil: UNTIL_FIXED })],
  [
    'open again after a RETRY',
    sampleAlert('HOLD', 'OPEN', {
      operator: 'holdfast',
      note: 'not enough stock: 1 of 3',
      statusSince: OPENED_AT + MINUTE,
    }),
  ],
  [
    'resolved by canceling the order',
    sampleAlert('HOLD', 'RESOLVED', {
      hold: { holdId: 7, reason: 'FUL-FRAUD-USER', episode: 2, status: 'CANCELED' },
    }),
  ],
];

describe.each(LOCALES)('in %s', (locale) => {
  const settings = { ...SETTINGS, locale };

  it.each(KINDS.flatMap((kind) => ALERT_STATUSES.map((status) => [kind, status] as const)))(
    '%s alert, %s',
    (kind, status) => {
      const view = sampleAlert(kind, status);
      const message = alertMessage(view, settings);
      expect(renderMessage(message)).toMatchSnapshot();
      expect(problemsOf(message, [`<@${view.operatorId}>`])).toEqual([]);
    },
  );

  it.each([...HOLDS, ...STATES])('held order: %s', (_, view) => {
    const message = alertMessage(view, settings);
    expect(renderMessage(message)).toMatchSnapshot();
    expect(problemsOf(message, [`<@${view.operatorId}>`])).toEqual([]);
  });
});

it.each(['constructor', '__proto__', 'toString'])(
  'shows a reason code that we do not know as it is: %s',
  (reason) => {
    const { text } = alertMessage(sampleHold(reason, {}), SETTINGS);
    expect(text).toMatch(new RegExp(`: ${reason.replace(/^__|__$/gu, '＿＿')}$`, 'u'));
  },
);
