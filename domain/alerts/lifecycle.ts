import type { AlertKind } from './alert.ts';

export const ALERT_STATUSES = ['OPEN', 'ACK', 'RETRY_REQUESTED', 'RESOLVED'] as const;

export type AlertStatus = (typeof ALERT_STATUSES)[number];

/**
 * What can be done to an alert.
 *
 * - `ACK`, `RESOLVE`, `RETRY`, `SNOOZE`, `UNSNOOZE`: an operator's.
 * - `UNACK`: given back, by an operator or because nobody went on with it.
 * - `RETRY_SUCCEEDED`, `RETRY_FAILED`: what the processor made of a RETRY; `RETRY_EXPIRED`: it made nothing of it.
 * - `CLOSE`: whoever raised it says it is over (Alertmanager, an inbound HOLD_CLEARED).
 */
export const ALERT_ACTIONS = [
  'ACK',
  'UNACK',
  'RESOLVE',
  'RETRY',
  'RETRY_SUCCEEDED',
  'RETRY_FAILED',
  'RETRY_EXPIRED',
  'SNOOZE',
  'UNSNOOZE',
  'CLOSE',
] as const;

export type AlertAction = (typeof ALERT_ACTIONS)[number];

/** What an operator decides when they resolve a hold: the order goes on, or it is canceled. */
export type HoldDecision = 'release' | 'cancel';

const TRANSITIONS: Readonly<Record<AlertAction, Partial<Record<AlertStatus, AlertStatus>>>> = {
  ACK: { OPEN: 'ACK' },
  UNACK: { ACK: 'OPEN' },
  RESOLVE: { OPEN: 'RESOLVED', ACK: 'RESOLVED' },
  RETRY: { OPEN: 'RETRY_REQUESTED', ACK: 'RETRY_REQUESTED' },
  RETRY_SUCCEEDED: { RETRY_REQUESTED: 'RESOLVED' },
  RETRY_FAILED: { RETRY_REQUESTED: 'OPEN' },
  RETRY_EXPIRED: { RETRY_REQUESTED: 'OPEN' },
  SNOOZE: { OPEN: 'OPEN', ACK: 'ACK' },
  UNSNOOZE: { OPEN: 'OPEN', ACK: 'ACK' },
  CLOSE: { OPEN: 'RESOLVED', ACK: 'RESOLVED', RETRY_REQUESTED: 'RESOLVED' },
};

/**
 * The status an action leads to; null when it is not possible from `status`. The database function `change_alerts` is
 * what applies it; a test compares the two.
 */
export function nextStatus(status: AlertStatus, action: AlertAction): AlertStatus | null {
  return TRANSITIONS[action][status] ?? null;
}

/** Whether there is something to do again: an open hold to judge anew, or a rejected record to send again. */
export function isRetriable(alert: { kind: AlertKind; holdOpen: boolean; hasRecord: boolean }): boolean {
  return (alert.kind === 'HOLD' && alert.holdOpen) || (alert.kind === 'EVENT' && alert.hasRecord);
}
