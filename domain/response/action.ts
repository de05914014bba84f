import { createHash } from 'node:crypto';
import type { Cause } from '../causes/cause.ts';
import type { Micros } from '../time/micros.ts';
import type { UndoRule } from './policy.ts';

/** What can be done about an incident, or for a customer. Each is one call of another system, which decides how. */
export const ACTIONS = [
  'RIDER_INCENTIVE',
  'RESTAURANT_DEACTIVATE',
  'RESTAURANT_REACTIVATE',
  'EXPOSURE_LOWER',
  'EXPOSURE_RESTORE',
  'RESTAURANT_WARN',
  'PROMISE_ADJUST',
  'PROMISE_RESTORE',
  'REROUTE',
  'CUSTOMER_NOTIFY',
  'CUSTOMER_COUPON',
  'PROMOTION',
  'TELL_OPERATIONS',
] as const;

export type ActionName = (typeof ACTIONS)[number];

/** What takes an action back, for those that would last otherwise. */
export const UNDONE_BY = {
  RESTAURANT_DEACTIVATE: 'RESTAURANT_REACTIVATE',
  EXPOSURE_LOWER: 'EXPOSURE_RESTORE',
  PROMISE_ADJUST: 'PROMISE_RESTORE',
} as const satisfies Partial<Record<ActionName, ActionName>>;

export type UndoableAction = keyof typeof UNDONE_BY;

/** The action that takes this one back; null where there is nothing to take back. */
export function undoneBy(action: ActionName): ActionName | null {
  return Object.hasOwn(UNDONE_BY, action) ? UNDONE_BY[action as UndoableAction] : null;
}

/**
 * - `PROPOSED`: somebody has to approve it.
 * - `APPROVED`: somebody did; it is sent within a second or so.
 * - `REJECTED`: somebody did not want it.
 * - `EXPIRED`: nobody said anything in time, or what it was for was over before it was sent.
 * - `SENT`: kept for sending, in the transaction that says so; the receiver may or may not have it.
 * - `DONE`: the receiver took it.
 * - `FAILED`: the receiver refused it, or could not be reached for hours.
 * - `DRY_RUN`: it would have been sent.
 * - `UNDONE`: what took it back is done.
 */
export const ACTION_STATUSES = [
  'PROPOSED',
  'APPROVED',
  'REJECTED',
  'EXPIRED',
  'SENT',
  'DONE',
  'FAILED',
  'DRY_RUN',
  'UNDONE',
] as const;

export type ActionStatus = (typeof ACTION_STATUSES)[number];

/** What an action is done to: a region, a restaurant, a payment method, a customer; empty is the whole platform. */
export interface ActionTarget {
  region?: string;
  restaurant?: string;
  method?: string;
  customer?: string;
}

export const TARGET_KINDS = ['restaurant', 'method', 'customer', 'region'] as const;

/** The target in one word, the narrowest place first: `restaurant=R-7`, `all`. Columns, limits and ids use it. */
export function targetKey(target: ActionTarget): string {
  for (const kind of TARGET_KINDS) {
    const value = target[kind];
    if (value !== undefined) return `${kind}=${value}`;
  }
  return 'all';
}

/** Which of the addresses in the settings is called. */
export const ACTION_RECEIVERS = ['platform', 'operations'] as const;

export type ActionReceiver = (typeof ACTION_RECEIVERS)[number];

/** What the receiver is asked to do: the member `data` of the webhook, in snake_case. */
export interface ActionRequest {
  /** Goes into the webhook-id, too: the same id is the same action, and done once. */
  action_id: string;
  action: ActionName;
  target: Readonly<ActionTarget>;
  /** What the policy says of it, such as `amount`, `currency`, `minutes`. */
  parameters: Readonly<Record<string, string | number | boolean>>;
  /** Null for one that no incident is the reason of. */
  incident_id: string | null;
  cause: Cause | null;
  /** Of the cause, when it was decided on. */
  probability: number | null;
  /** Event time, ISO 8601. */
  decided_at: string;
  /** Whoever receives it later had better not do it. Null: never too late (what takes an action back). ISO 8601. */
  valid_until: string | null;
  /** The action that this one takes back. */
  undoes: string | null;
}

/** What became of an action. */
export interface ActionResult {
  /** In one English sentence. */
  reason: string;
  /** HTTP status of the last answer; null: there was none, or nothing was sent. */
  status: number | null;
  /** How often it was tried. */
  attempts: number;
  /** FAILED: the receiver may have done it nevertheless, for its answer was lost or said nothing of it. */
  uncertain: boolean;
}

/**
 * What an action came to, on the series that it was meant to bring back.
 *
 * Followed from the first step that ends with the action done. With r the ratio of observed to expected over the last
 * steps before that one, h the half-life of such a deviation when nobody acts, and t the time from that step, the
 * estimate without action is `expected(t) * (1 + (r - 1) * 2 ** (-t / h))`. See docs/actions.md.
 */
export interface ActionEffect {
  seriesKey: string;
  /** Ratio of observed to expected before it was done; null where nothing was expected, and then the difference counts. */
  ratioBefore: number | null;
  differenceBefore: number;
  /** Event time from which the series was in its band for good; null: it is not, or not yet. */
  returnedAt: Micros | null;
  /** From when it was done to `returnedAt`. */
  returnedAfter: Micros | null;
  /** Half-life used, and how many incidents without action it was learnt from; 0: it is the policy's. */
  halfLife: Micros;
  learntFrom: number;
  /** Median time to return of incidents of this cause in which nobody acted; null: there was none. */
  untreated: Micros | null;
  /** How long it has been followed. */
  followedFor: Micros;
  /** Steps of which something is known, and over them what was observed, expected and estimated without action: sums of a COUNT, else means. */
  steps: number;
  observed: number;
  expected: number;
  withoutAction: number;
  /** `observed - withoutAction`. */
  difference: number;
  /** Other actions on the same series at the same time: the effect is of all of them together. */
  together: readonly string[];
  /** Whether it is still being followed. */
  following: boolean;
}

/** What the policy said of an action when it was decided on, and how far that has come. */
export interface ActionPlan {
  /** Null for an action that does not last. */
  undo: UndoRule | null;
  /** Series that it is to bring back; null: none. */
  follows: string | null;
  /** Since when the series of `undo.whenSteady` are in their bands; null: not all of them are. */
  steadySince: Micros | null;
  /** First followed step. */
  followedFrom: Micros | null;
  /** Since when the followed series is in its band. */
  inBandSince: Micros | null;
}

/** An action, from its proposal to its effect: a row of table `actions`. */
export interface ActionRow {
  /** See {@link actionIdOf}. Also the idempotency key: executed once at most. */
  actionId: string;
  action: ActionName;
  /** Null: for no incident. */
  incidentId: string | null;
  /** `dedupKey` of the alert that shows it; null: there is none. */
  alertKey: string | null;
  cause: Cause | null;
  target: Readonly<ActionTarget>;
  receiver: ActionReceiver;
  status: ActionStatus;
  /** Event time of the step that decided on it. */
  decidedAt: Micros;
  /** PROPOSED: event time at which it is too late to approve it. */
  expiresAt: Micros | null;
  /** Event time at which it was kept for sending. */
  sentAt: Micros | null;
  /** Event time from which it is to be taken back, or not sent any more. */
  overAt: Micros | null;
  /** The action that takes this one back. */
  undoneBy: string | null;
  /** The action that this one takes back. */
  undoes: string | null;
  /** Why it needs an approval, why it is a dry run: one English sentence. Null: nothing to say. */
  note: string | null;
  request: ActionRequest;
  plan: ActionPlan;
  result: ActionResult | null;
  effect: ActionEffect | null;
}

/**
 * The same for the same deed, however often it is decided on: `action-` and 24 hexadecimal digits of a hash.
 *
 * @param reason what it is done for: the incident; for what takes an action back, the id of that action
 */
export function actionIdOf(reason: string, action: ActionName, target: ActionTarget): string {
  const text = JSON.stringify([reason, action, targetKey(target)]);
  return `action-${createHash('sha256').update(text).digest('hex').slice(0, 24)}`;
}

/** The webhook of an action: its kind is `action.` and the name in small letters. */
export function webhookKindOf(action: ActionName): string {
  return `action.${action.toLowerCase()}`;
}
