import type { AlertKind, Severity } from '../../domain/alerts/alert.ts';
import type { AlertStatus } from '../../domain/alerts/lifecycle.ts';
import type { Micros } from '../../domain/time/micros.ts';

/** Everything a message says of one alert, as the database has it at one moment. */
export interface AlertView {
  alertId: number;
  kind: AlertKind;
  severity: Severity;
  status: AlertStatus;
  /** Raised by each transition; buttons carry it, so that a click on an old message is noticed. */
  version: number;
  subject: string;
  evidence: Readonly<Record<string, unknown>>;
  openedAt: Micros;
  /** When the present status began. */
  statusSince: Micros;
  /** Null when the alert is not snoozed, also when it has been and that is over. See {@link UNTIL_FIXED}. */
  snoozedUntil: Micros | null;
  /** Display name of who did the last transition. */
  operator: string | null;
  /** Slack user id of them, when it was done in Slack. */
  operatorId: string | null;
  note: string | null;
  /** Alerts of the same key are shown together in a storm. */
  groupKey: string;
  hold: {
    holdId: number;
    reason: string;
    episode: number;
    status: 'OPEN' | 'CLEARED' | 'CANCELED';
  } | null;
  order: OrderView | null;
  /** The rejected record, with why it was rejected. */
  record: {
    logId: number;
    topic: string;
    partition: number;
    offset: number;
    errorType: string;
    errorText: string;
  } | null;
  /** What is done about it, in the order in which it was decided on; empty for most alerts. */
  actions: readonly ActionView[];
}

/** An action of an alert, as far as somebody wants to know. */
export interface ActionView {
  actionId: string;
  action: string;
  /** Such as `restaurant=R-7`. */
  target: string;
  status: string;
  parameters: Readonly<Record<string, unknown>>;
  /** PROPOSED: event time at which it is too late to approve it. */
  expiresAt: Micros | null;
  /** Who approved or rejected it. */
  decidedBy: string | null;
  decidedById: string | null;
  /** Why it was not done; null: there is nothing to say. */
  problem: string | null;
  effect: EffectView | null;
}

/** What an action came to, of `effect` in table `actions`. */
export interface EffectView {
  seriesKey: string;
  following: boolean;
  steps: number;
  difference: number;
  returnedAfter: Micros | null;
  followedFor: Micros;
  /** Median time until incidents like this one are over by themselves; null: not known. */
  untreated: Micros | null;
}

export interface OrderView {
  orderId: string;
  /** The folded status, without the hold. */
  status: string;
  productId: string | null;
  productName: string | null;
  region: string | null;
  channel: string | null;
  quantity: number | null;
  amount: number | null;
  currency: string | null;
  userId: string | null;
  shippingAddress: string | null;
}

export interface MessageSettings {
  locale: 'ko' | 'en';
  /** IANA name; every time is shown in it. */
  timeZone: string;
  /** False: user ids and addresses keep three characters. */
  showPersonalData: boolean;
  grafanaUrl: string | null;
  runbookUrl: string | null;
  /** Slack id of the user group (S...) or user (U...) to mention when nobody reacts. */
  escalation: string | null;
}

/** Many alerts shown as one message. */
export interface GroupView {
  /** Row of the message in the outbox. */
  messageId: number;
  groupKey: string;
  kind: AlertKind;
  /** The worst of the members'. */
  severity: Severity;
  /** Reason code of the holds; null for other kinds. */
  reason: string | null;
  productId: string | null;
  productName: string | null;
  region: string | null;
  /** When the first and the last member was opened. */
  firstAt: Micros;
  lastAt: Micros;
  counts: Readonly<Record<AlertStatus, number>>;
  /** Members in all. */
  total: number;
  /** Unresolved members that are snoozed; they are counted by their status, too. */
  snoozed: number;
  /** The first few to show, most urgent first. */
  top: readonly AlertView[];
}

export function isGroup(subject: AlertView | GroupView): subject is GroupView {
  return 'messageId' in subject;
}

/**
 * `snoozedUntil` of an alert that is snoozed until it is resolved: the year 2200, which is a time like any other to
 * whatever compares it.
 */
export const UNTIL_FIXED: Micros = 7_258_118_400_000_000;
