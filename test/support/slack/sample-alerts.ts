import type { AlertView, GroupView, MessageSettings } from '../../../alertbot/messages/alert-view.ts';
import type { AlertKind } from '../../../domain/alerts/alert.ts';
import type { AlertStatus } from '../../../domain/alerts/lifecycle.ts';
import { parseIso8601 } from '../../../domain/time/iso8601.ts';
import { MINUTE, type Micros } from '../../../domain/time/micros.ts';

/** 14:02:05 in Seoul. */
export const OPENED_AT = at('2026-03-01T05:02:05Z');

export const SETTINGS: MessageSettings = {
  locale: 'ko',
  timeZone: 'Asia/Seoul',
  showPersonalData: false,
  grafanaUrl: 'https://grafana.example.com',
  runbookUrl: 'https://runbooks.example.com/holdfast',
  escalation: 'S0ONCALL',
};

export function at(iso8601: string): Micros {
  const micros = parseIso8601(iso8601);
  if (micros === null) throw new Error(`${iso8601} is no time`);
  return micros;
}

const ORDER: NonNullable<AlertView['order']> = {
  orderId: 'A-1042',
  status: 'PAID',
  productId: 'P-31',
  productName: '제주 감귤 5kg',
  region: '서울',
  channel: 'app',
  quantity: 3,
  amount: 1_234_500,
  currency: 'KRW',
  userId: 'U-700123',
  shippingAddress: '서울시 강남구 테헤란로 1',
};

const BASE: AlertView = {
  alertId: 12,
  kind: 'ANOMALY',
  severity: 'info',
  status: 'OPEN',
  version: 3,
  subject: 'Orders of P-31 are far above normal',
  evidence: {
    series: 'orders/P-31',
    observed: 412,
    expected: 60.5,
    description: '6.8 times as many as usual',
  },
  openedAt: OPENED_AT,
  statusSince: OPENED_AT,
  snoozedUntil: null,
  operator: null,
  operatorId: null,
  note: null,
  groupKey: 'anomaly/P-31',
  hold: null,
  order: null,
  record: null,
  actions: [],
};

const OF_KIND: Readonly<Record<AlertKind, Partial<AlertView>>> = {
  ANOMALY: {},
  HOLD: {
    severity: 'critical',
    subject: 'Order A-1042 is held (FUL-FRAUD-USER): one user orders the same product again and again',
    evidence: {
      trigger_order_id: 'A-1040',
      trigger_at: '2026-03-01T05:02:05.000000Z',
      product_id: 'P-31',
      user_id: 'U-700123',
      count: 6,
      window_seconds: 10,
    },
    hold: { holdId: 7, reason: 'FUL-FRAUD-USER', episode: 1, status: 'OPEN' },
    order: ORDER,
  },
  EVENT: {
    severity: 'warning',
    subject: 'Record orders 3:44 was rejected (SCHEMA_MISSING)',
    evidence: { topic: 'orders', epoch: 0, partition: 3, offset: 44, error_type: 'SCHEMA_MISSING' },
    record: {
      logId: 9,
      topic: 'orders',
      partition: 3,
      offset: 44,
      errorType: 'SCHEMA_MISSING',
      errorText: 'order_id is missing',
    },
  },
  PIPELINE: {
    severity: 'critical',
    subject:
      'orders partition 1 stopped: records were deleted by retention before they were read (offsets 4 to 90)',
    evidence: { topic: 'orders', epoch: 0, partition: 1, problem: 'BELOW_RETENTION', from: 4, to: 90 },
  },
  INVENTORY: {
    severity: 'warning',
    subject: 'Stock of P-31 will be gone in 2 hours',
    evidence: { product_id: 'P-31', current_stock: 14, hours_left: 2 },
  },
  DELIVERY: {
    subject: 'Rider R-9 has not moved for 20 minutes',
    evidence: { rider_id: 'R-9', minutes: 20, region: '서울' },
  },
};

const IN_STATUS: Readonly<Record<AlertStatus, Partial<AlertView>>> = {
  OPEN: {},
  ACK: {
    operator: '김민지',
    operatorId: 'U0KIM',
    statusSince: OPENED_AT + 4 * MINUTE,
    note: '고객에게 확인 중입니다',
  },
  RETRY_REQUESTED: { operator: '이준호', operatorId: 'U0LEE', statusSince: OPENED_AT + 9 * MINUTE },
  RESOLVED: {
    operator: '이준호',
    operatorId: 'U0LEE',
    statusSince: OPENED_AT + 75 * MINUTE,
    note: '고객에게 확인함: 기업 선물 주문',
  },
};

/** An alert of a kind in a status, with what such an alert has; `changes` last. */
export function sampleAlert(
  kind: AlertKind,
  status: AlertStatus = 'OPEN',
  changes: Partial<AlertView> = {},
): AlertView {
  const view = { ...BASE, ...OF_KIND[kind], ...IN_STATUS[status], kind, status };
  const closed = status === 'RESOLVED' && view.hold !== null;
  return { ...view, ...(closed && { hold: { ...view.hold!, status: 'CLEARED' } }), ...changes };
}

/** A held order for each of our reasons. */
export function sampleHold(reason: string, evidence: Record<string, unknown>): AlertView {
  const view = sampleAlert('HOLD');
  return { ...view, severity: 'warning', evidence, hold: { ...view.hold!, reason } };
}

export function sampleGroup(changes: Partial<GroupView> = {}): GroupView {
  const hold = sampleAlert('HOLD');
  const top = [0, 1, 2, 3, 4].map((index) => ({
    ...sampleAlert('HOLD', index === 4 ? 'ACK' : 'OPEN'),
    alertId: 100 + index,
    openedAt: OPENED_AT + index * 1_000_000,
    hold: { ...hold.hold!, holdId: 50 + index, reason: 'FUL-FRAUD-PROD' },
    order: { ...hold.order!, orderId: `A-10${index}` },
  }));
  return {
    messageId: 77,
    groupKey: 'HOLD/FUL-FRAUD-PROD/P-31',
    kind: 'HOLD',
    severity: 'critical',
    reason: 'FUL-FRAUD-PROD',
    productId: 'P-31',
    productName: '제주 감귤 5kg',
    region: '서울',
    firstAt: OPENED_AT,
    lastAt: OPENED_AT + 40_000_000,
    counts: { OPEN: 30, ACK: 4, RETRY_REQUESTED: 2, RESOLVED: 6 },
    total: 42,
    snoozed: 0,
    top,
    ...changes,
  };
}
