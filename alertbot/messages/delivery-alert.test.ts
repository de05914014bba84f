import { describe, expect, it } from 'vitest';
import type { NewAlert } from '../../domain/alerts/alert.ts';
import { restockVerdict } from '../../domain/delivery/desk/restock-warning.ts';
import type { FollowedOrder } from '../../domain/delivery/milestone.ts';
import { newSeller } from '../../domain/delivery/sellers/seller-record.ts';
import type { DeliveryRisk } from '../../domain/delivery/watch/assessment.ts';
import { limitAlert, riskAlert } from '../../domain/delivery/watch/delivery-alerts.ts';
import type { Limit, LimitSource } from '../../domain/delivery/watch/order-watch.ts';
import { reorderAlert } from '../../domain/inventory/reorder-messages.ts';
import { DAY, HOUR } from '../../domain/time/micros.ts';
import { renderMessage } from '../../test/support/slack/render-slack.ts';
import { OPENED_AT, SETTINGS, sampleAlert } from '../../test/support/slack/sample-alerts.ts';
import { problemsOf } from '../../test/support/slack/slack-rules.ts';
import { alertMessage } from './alert-message.ts';
import type { AlertView } from './alert-view.ts';

const NOWHERE = { zip: null, city: null, state: null, latitude: null, longitude: null };

const ORDER: FollowedOrder = {
  orderId: 'A-1042',
  sellerId: 'S-9',
  lines: [],
  amount: null,
  region: 'RJ',
  from: { ...NOWHERE, state: 'SP' },
  to: { ...NOWHERE, state: 'RJ' },
  promisedAt: OPENED_AT + 3 * DAY,
  createdAt: null,
  approvedAt: OPENED_AT - 131 * HOUR,
  handedOverAt: null,
  deliveredAt: null,
  canceledAt: null,
};

const RISK: DeliveryRisk = {
  assessedAt: OPENED_AT,
  moment: 'HAND_OVER',
  order: ORDER,
  grade: 'A',
  probability: 0.724,
  expectedAt: OPENED_AT + 5 * DAY,
  earliestAt: OPENED_AT + 2 * DAY,
  latestAt: OPENED_AT + 9 * DAY,
  limitAt: null,
  reasons: [
    { feature: 'promised_time', effect: 2.5 },
    { feature: 'something_new', effect: 1.5 },
    { feature: 'something_good', effect: -0.4 },
  ],
};

function limitOf(from: LimitSource): NewAlert {
  const limit: Limit = { seconds: 96 * 3600, from, cases: 41 };
  const waits = from === 'route' ? 'DELIVERY' : 'HAND_OVER';
  const since = OPENED_AT - 131 * HOUR;
  const watch = { order: ORDER, waits, since, limit, dueAt: OPENED_AT, passed: true, alerts: {} } as const;
  return limitAlert(watch, OPENED_AT, { grade: 'B', risk: from === 'floor' ? null : RISK });
}

const SLOW = newSeller('S-9', OPENED_AT);
SLOW.sums.preparations = 12;
SLOW.preparationMean = 120 * 3600;

const ALERTS: readonly (readonly [string, NewAlert])[] = [
  ...(['seller', 'all_sellers', 'floor', 'hand_over_by', 'default', 'route'] as const).map(
    (from) => [`limit of ${from}`, limitOf(from)] as const,
  ),
  ['risk', riskAlert(RISK)],
  [
    'restock',
    restockVerdict(SLOW, OPENED_AT, { warningSeconds: 100 * 3600, cooldown: DAY, minimumCases: 3 })
      .raised[0]!,
  ],
  [
    'reorder',
    reorderAlert({
      actionId: 'reorder/P-31/1',
      productId: 'P-31',
      sellerId: 'S-9',
      warehouseId: 'W-2',
      quantity: 80,
      available: 4,
      reorderPoint: 12,
      safetyStock: 5,
      onOrder: 0,
      leadTimeDays: 6.5,
      orderedAt: OPENED_AT,
      dueAt: OPENED_AT + 6 * DAY,
    } as Parameters<typeof reorderAlert>[0]),
  ],
];

function viewOf(alert: NewAlert): AlertView {
  const { kind, severity, subject, evidence, groupKey } = alert;
  const order = alert.orderId === null ? null : sampleAlert('HOLD').order;
  return sampleAlert(kind, 'OPEN', { severity, subject, evidence, groupKey, order });
}

describe.each(['ko', 'en'] as const)('in %s', (locale) => {
  it.each(ALERTS)('%s', (_, alert) => {
    const message = alertMessage(viewOf(alert), { ...SETTINGS, locale });
    expect(renderMessage(message)).toMatchSnapshot();
    expect(problemsOf(message, [])).toEqual([]);
  });
});

it('shows an alert whose evidence says something else as it is', () => {
  for (const evidence of [
    {},
    { concern: 'RISK' },
    {
      concern: 'PREPARATION',
      elapsed_hours: 'long',
      limit_hours: Number.NaN,
      reasons: [null, 5, { feature: 3 }],
    },
    { concern: 'RESTOCK', avg_prep_delay_hrs: 5 },
    { concern: '__proto__' },
    { reorder_point: 'x', available: null },
  ]) {
    for (const kind of ['DELIVERY', 'INVENTORY'] as const) {
      const message = alertMessage(
        sampleAlert(kind, 'OPEN', { subject: 'What it says', evidence }),
        SETTINGS,
      );
      expect(message.text).toContain('What it says');
      expect(problemsOf(message, [])).toEqual([]);
    }
  }
});
