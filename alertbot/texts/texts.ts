import type { AlertKind, Severity } from '../../domain/alerts/alert.ts';
import type { AlertStatus, HoldDecision } from '../../domain/alerts/lifecycle.ts';
import type { LimitSource } from '../../domain/delivery/watch/order-watch.ts';
import type { OrderStatus } from '../../domain/order/status.ts';
import type { IncidentTexts } from './incident-texts.ts';

/** What can stand in the thread of an alert; see `domain/alerts/lifecycle.ts` for those that change it. */
export type ThreadAction =
  | 'ACK'
  | 'UNACK'
  | 'RESOLVE'
  | 'RETRY'
  | 'RETRY_SUCCEEDED'
  | 'RETRY_FAILED'
  | 'RETRY_EXPIRED'
  | 'SNOOZE'
  | 'UNSNOOZE'
  | 'SNOOZE_ENDED'
  | 'CLOSE'
  | 'REMIND'
  | 'ESCALATE'
  | 'REPOST'
  | 'APPROVE'
  | 'REJECT';

export const RESOLVE_CAUSES = [
  'false_positive',
  'customer_confirmed',
  'fraud_confirmed',
  'data_corrected',
  'restocked',
  'other',
] as const;

export type ResolveCause = (typeof RESOLVE_CAUSES)[number];

export const SNOOZE_CHOICES = ['15m', '1h', '4h', 'tomorrow', 'fixed'] as const;

export type SnoozeChoice = (typeof SNOOZE_CHOICES)[number];

/** What an operator asks for. */
export type AskedAction = 'ACK' | 'UNACK' | 'RESOLVE' | 'RETRY' | 'SNOOZE' | 'UNSNOOZE';

export type ListFilter = 'all' | 'critical' | 'warning' | 'mine';

interface Dialog {
  title: string;
  text: string;
  confirm: string;
  deny: string;
}

/**
 * Every word the bot says. Arguments of type string are mrkdwn already: escaped, and formatted where they should be.
 *
 * Slack formats `*x*` and `` `x` `` only beside a blank or a punctuation mark; in Korean a particle must not follow.
 */
export interface Texts {
  severities: Readonly<Record<Severity, string>>;
  kinds: Readonly<Record<AlertKind, string>>;
  statuses: Readonly<Record<AlertStatus, string>>;
  orderStatuses: Readonly<Record<OrderStatus, string>>;
  snoozed: string;
  units: {
    seconds(count: number): string;
    minutes(count: number): string;
    hours(count: number): string;
    days(count: number): string;
  };
  count(alerts: number): string;
  /** What stands for Holdfast itself where a person's name would. */
  system: string;

  headlines: {
    held(order: string, reason: string): string;
    rejected(position: string, errorType: string): string;
    stopped(partition: string, problem: string): string;
    notHandedOver(order: string, elapsed: string): string;
    notDelivered(order: string, elapsed: string): string;
    probablyLate(order: string, percent: number): string;
    restock(seller: string, average: string): string;
    reorder(product: string, available: string): string;
    group(count: number, what: string): string;
    groupOfHolds(reason: string): string;
  };
  /** In few words, for headlines. By reason code. */
  reasons: Readonly<Record<string, string>>;
  /** By error type. */
  rejections: Readonly<Record<string, string>>;
  /** By position problem. */
  positionProblems: Readonly<Record<string, string>>;
  details: {
    userBurst(facts: {
      user: string;
      product: string;
      count: string;
      seconds: string;
      trigger: string;
    }): string;
    productBurst(facts: { product: string; count: string; seconds: string; trigger: string }): string;
    shortage(facts: { product: string; quantity: string; available: string }): string;
    external(reasonCode: string | null): string;
    invalid(problems: readonly string[]): string;
    offsets(from: string, to: string): string;
  };
  delivery: {
    /** What passed: `limit` is a duration, `cases` how many it was made from. */
    limits: Readonly<Record<LimitSource, (limit: string, cases: string) => string>>;
    restock(limit: string, orders: string): string;
    /** What makes a delay probable. */
    factors(words: readonly string[]): string;
    /** By the name that the model has for it. */
    features: Readonly<Record<string, string>>;
    /** `latest`: nine in ten such orders arrive before. */
    expected(median: string, latest: string): string;
  };
  inventory: { ordered(pieces: string, leadTime: string): string };
  incidents: IncidentTexts;
  addressProblems: {
    userMissing: string;
    addressMissing: string;
    addressShort(characters: string): string;
    placeholder(word: string): string;
  };

  labels: {
    order: string;
    status: string;
    product: string;
    quantity: string;
    amount: string;
    region: string;
    channel: string;
    user: string;
    address: string;
    position: string;
    errorType: string;
    reason: string;
    note: string;
    alert: string;
    kind: string;
    severity: string;
    opened: string;
    hold: string;
    members: string;
    seller: string;
    grade: string;
    promised: string;
    expected: string;
    lateProbability: string;
    warehouse: string;
    available: string;
    reorderPoint: string;
    safetyStock: string;
    ordered: string;
    due: string;
  };
  pieces(quantity: string): string;
  /** For the line of small print below an alert. */
  openedAt(time: string): string;
  alertNumber(id: number): string;
  holdNumber(id: number, episode: number): string;
  between(first: string, last: string): string;
  more(count: number): string;

  /** Who brought the alert where it is. `who` is null when nobody did, or nobody knows. */
  states: {
    acknowledged(who: string | null, time: string): string;
    resolved(who: string | null, time: string, took: string): string;
    retrying(who: string | null, time: string): string;
    reopened(who: string | null, time: string): string;
    snoozedUntil(time: string): string;
    snoozedUntilFixed: string;
    released: string;
    canceled: string;
  };

  buttons: {
    ack: string;
    resolve: string;
    retry: string;
    ackAll(count: number): string;
    resolveAll(count: number): string;
    retryAll(count: number): string;
    showAll(count: number): string;
    snooze: string;
    unsnooze: string;
    evidence: string;
    grafana: string;
    runbook: string;
    previous: string;
    next: string;
  };
  confirmRetry: {
    hold: Dialog;
    record: Dialog;
    group(count: number): Dialog;
  };

  plain: { commands(id: number, canRetry: boolean): string; groupCommands: string };

  resolveModal: {
    title: string;
    submit: string;
    cancel: string;
    intro(subject: string): string;
    decision: string;
    release: string;
    releaseMeans: string;
    cancelOrder: string;
    cancelMeans: string;
    warning(orders: number): string;
    cause: string;
    causePlaceholder: string;
    causes: Readonly<Record<ResolveCause, string>>;
    note: string;
    notePlaceholder: string;
    errors: { decision: string; cause: string; noteTooLong(max: number): string; fraudReleased: string };
  };
  evidenceModal: {
    title: string;
    close: string;
    evidence: string;
    errorText: string;
    truncated(shown: string, all: string): string;
    masked: string;
  };
  snoozeModal: {
    title: string;
    submit: string;
    cancel: string;
    intro(subject: string): string;
    until: string;
    choices: Readonly<Record<Exclude<SnoozeChoice, 'tomorrow'>, string>>;
    tomorrow(time: string): string;
    error: string;
  };
  membersModal: {
    title: string;
    close: string;
    page(page: number, pages: number, total: number): string;
    empty: string;
  };

  thread: {
    actions: Readonly<Record<ThreadAction, string>>;
    /** What became of the order that was held. */
    decisions: Readonly<Record<HoldDecision, string>>;
    /** Where the audit has an action that is none of these. */
    changed(before: string, after: string): string;
    by(who: string): string;
    automatic: string;
    overApi: string;
    until(time: string): string;
    untilFixed: string;
    remind(status: string): string;
    escalate(who: string | null): string;
  };

  replies: {
    already: Readonly<Record<AlertStatus, (who: string | null, time: string) => string>>;
    nothingChanged: string;
    refused(action: string, alert: string, status: string): string;
    notRetriable(alert: string): string;
    notAllowed(group: string | null): string;
    /** Who is in the group could not be read yet, so nobody may. */
    operatorsUnknown(group: string | null): string;
    unknownAlert(id: string): string;
    databaseAway: string;
    noAnswerInTime: string;
    done: Readonly<Record<AskedAction, string>>;
    groupDone(done: string, count: number): string;
    groupAlready(count: number): string;
    groupRefused(count: number): string;
    groupFailed(count: number): string;
    groupNothing: string;
  };

  list: {
    titles: Readonly<Record<ListFilter, string>>;
    none: Readonly<Record<ListFilter, string>>;
    history: string;
  };
  home: {
    title: string;
    updated(time: string): string;
    unresolved(count: number): string;
    open(count: number): string;
    mine(count: number): string;
    snoozed(count: number): string;
    allQuiet: string;
    more(count: number): string;
  };

  help: readonly string[];
  problems: {
    unknownCommand(word: string): string;
    missingId(command: string): string;
    badId(command: string, word: string): string;
    badFilter(word: string): string;
    missingDuration(id: number): string;
    badDuration(id: number, word: string): string;
    surplus(command: string, word: string): string;
    noteTooLong(max: number): string;
  };
}
