import fc from 'fast-check';
import type { ActionView, AlertView, GroupView } from '../../../alertbot/messages/alert-view.ts';
import type { ThreadLine } from '../../../alertbot/messages/thread-entry.ts';
import type { AlertKind } from '../../../domain/alerts/alert.ts';
import { ALERT_ACTIONS, ALERT_STATUSES } from '../../../domain/alerts/lifecycle.ts';

/** The one user whom our own mentions name; no hostile text has this id in it. */
export const OPERATOR_ID = 'U0REALOPERATOR';

const FRAGMENTS = [
  '<!channel>',
  '<!here>',
  '<!subteam^S0ONCALL>',
  '<@U1>',
  '<#C1|general>',
  '<http://evil.example|Holdfast>',
  'http://evil.example/?a=1&b=2',
  '@channel',
  '&lt;!channel&gt;',
  '&amp;',
  '&',
  '<',
  '>',
  '*bold*',
  '_slanted_',
  '~gone~',
  '`code`',
  '```',
  '\n> quoted\n',
  '\r\n✅ RESOLVED',
  '\u2028',
  '\u202e',
  '\u2066',
  '\u0000',
  '\u001b[31m',
  '\u007f\u0085',
  '\ud83d',
  '\udc4d',
  '👩‍👩‍👧‍👦',
  '🇰🇷',
  'مرحبا بالعالم',
  '주문 번호',
  'e\u0301\u0301\u0301',
  '{"a":"b\\"}',
  ' ',
];

/** What somebody writes who wants to break a message, up to some ten thousand characters of it. */
export const hostileText: fc.Arbitrary<string> = fc
  .tuple(
    fc.array(fc.oneof(fc.constantFrom(...FRAGMENTS), fc.string({ unit: 'binary', maxLength: 40 })), {
      maxLength: 12,
    }),
    fc.constantFrom(1, 1, 1, 1, 30, 300),
  )
  .map(([parts, times]) => parts.join('').repeat(times));

const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });
const micros = fc.integer({ min: 0, max: 8_000_000_000_000_000 });
const id = fc.nat({ max: Number.MAX_SAFE_INTEGER });
const status = fc.constantFrom(...ALERT_STATUSES);
const kind = fc.constantFrom<AlertKind>('EVENT', 'HOLD', 'ANOMALY', 'INVENTORY', 'DELIVERY', 'PIPELINE');
const severity = fc.constantFrom('critical' as const, 'warning' as const, 'info' as const);

const evidence = fc.oneof(
  fc.dictionary(hostileText, fc.oneof(hostileText, fc.jsonValue()), { maxKeys: 30 }),
  fc.record({
    problem: fc.oneof(fc.constant('BELOW_RETENTION'), fc.constant('constructor'), hostileText),
    problems: fc.array(hostileText, { maxLength: 20 }),
    topic: hostileText,
    user_id: hostileText,
    product_id: hostileText,
    trigger_order_id: fc.jsonValue(),
    count: fc.oneof(fc.double(), hostileText),
    description: hostileText,
    from: id,
    to: id,
  }),
  fc.record({
    concern: fc.constantFrom('PREPARATION', 'TRANSIT', 'RISK', 'RESTOCK'),
    seller_id: hostileText,
    product_id: hostileText,
    grade: hostileText,
    elapsed_hours: fc.double(),
    avg_prep_delay_hrs: fc.double(),
    limit_hours: fc.double(),
    limit_from: fc.oneof(fc.constantFrom('seller', 'route', 'constructor'), hostileText),
    limit_cases: fc.double(),
    probability: fc.double(),
    promised_at: fc.oneof(fc.constant('2026-03-01T00:00:00Z'), hostileText),
    reasons: fc.array(fc.record({ feature: hostileText, effect: fc.double() }), { maxLength: 8 }),
    available: fc.double(),
    reorder_point: fc.double(),
    ordered_quantity: fc.double(),
    lead_time_days: fc.double(),
    warehouse_id: hostileText,
    due_at: hostileText,
  }),
);

const hostileAction: fc.Arbitrary<ActionView> = fc.record({
  actionId: hostileText,
  action: fc.oneof(fc.constantFrom('RIDER_INCENTIVE', 'toString'), hostileText),
  target: fc.oneof(fc.constantFrom('region=Gangnam-gu', 'all', '='), hostileText),
  status: fc.oneof(fc.constantFrom('PROPOSED', 'PROPOSED', 'DONE', 'toString'), hostileText),
  parameters: fc.dictionary(hostileText, fc.oneof(hostileText, fc.double(), fc.boolean()), { maxKeys: 2 }),
  expiresAt: maybe(micros),
  decidedBy: maybe(hostileText),
  decidedById: maybe(hostileText),
  problem: maybe(hostileText),
  effect: maybe(
    fc.record({
      seriesKey: hostileText,
      following: fc.boolean(),
      steps: id,
      difference: fc.double(),
      returnedAfter: maybe(micros),
      followedFor: micros,
      untreated: maybe(micros),
    }),
  ),
});

export const hostileAlert: fc.Arbitrary<AlertView> = fc.record({
  alertId: id,
  kind,
  severity,
  status,
  version: id,
  subject: hostileText,
  evidence,
  openedAt: micros,
  statusSince: micros,
  snoozedUntil: maybe(micros),
  operator: maybe(hostileText),
  operatorId: maybe(fc.oneof(fc.constant(OPERATOR_ID), hostileText)),
  note: maybe(hostileText),
  groupKey: hostileText,
  hold: maybe(
    fc.record({
      holdId: id,
      reason: fc.oneof(
        fc.constantFrom('FUL-VALID', 'FUL-FRAUD-USER', 'FUL-FRAUD-PROD', 'FUL-INV', 'EXTERNAL', '__proto__'),
        hostileText,
      ),
      episode: id,
      status: fc.constantFrom('OPEN' as const, 'CLEARED' as const, 'CANCELED' as const),
    }),
  ),
  order: maybe(
    fc.record({
      orderId: hostileText,
      status: fc.oneof(fc.constant('PAID'), hostileText),
      productId: maybe(hostileText),
      productName: maybe(hostileText),
      region: maybe(hostileText),
      channel: maybe(hostileText),
      quantity: maybe(fc.integer()),
      amount: maybe(fc.double()),
      currency: maybe(hostileText),
      userId: maybe(hostileText),
      shippingAddress: maybe(hostileText),
    }),
  ),
  record: maybe(
    fc.record({
      logId: id,
      topic: hostileText,
      partition: id,
      offset: id,
      errorType: fc.oneof(fc.constant('PARSE_ERROR'), hostileText),
      errorText: hostileText,
    }),
  ),
  actions: fc.array(hostileAction, { maxLength: 3 }),
});

export const hostileGroup: fc.Arbitrary<GroupView> = fc.record({
  messageId: id,
  groupKey: hostileText,
  kind,
  severity,
  reason: maybe(hostileText),
  productId: maybe(hostileText),
  productName: maybe(hostileText),
  region: maybe(hostileText),
  firstAt: micros,
  lastAt: micros,
  counts: fc.record({ OPEN: id, ACK: id, RETRY_REQUESTED: id, RESOLVED: id }),
  total: id,
  snoozed: id,
  top: fc.array(hostileAlert, { maxLength: 5 }),
});

export const hostileLine: fc.Arbitrary<ThreadLine> = fc.record({
  at: micros,
  action: fc.oneof(
    fc.constantFrom(...ALERT_ACTIONS, 'REMIND', 'ESCALATE', 'SNOOZE_ENDED', 'toString'),
    hostileText,
  ),
  actor: hostileText,
  actorId: maybe(fc.oneof(fc.constant(OPERATOR_ID), hostileText)),
  source: fc.constantFrom('slack' as const, 'api' as const, 'auto' as const),
  before: status,
  after: status,
  note: maybe(hostileText),
  until: maybe(micros),
  alertIds: fc.array(id, { minLength: 1, maxLength: 30 }),
  subjects: fc.array(hostileText, { maxLength: 30 }),
});
