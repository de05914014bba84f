import type { Cause } from '../causes/cause.ts';
import { formatIso8601 } from '../time/iso8601.ts';
import type { Micros } from '../time/micros.ts';
import {
  type ActionName,
  type ActionPlan,
  type ActionReceiver,
  type ActionRow,
  type ActionTarget,
  actionIdOf,
  webhookKindOf,
} from './action.ts';

/** What somebody wants done. */
export interface ActionWish {
  /** What it is done for: an incident, the action that it takes back, a campaign. The same again is the same action. */
  reason: string;
  action: ActionName;
  target: ActionTarget;
  parameters: ActionRow['request']['parameters'];
  incidentId: string | null;
  alertKey: string | null;
  cause: Cause | null;
  probability: number | null;
  decidedAt: Micros;
  /** Null: never too late. */
  validFor: Micros | null;
  undoes: string | null;
  plan: Pick<ActionPlan, 'undo' | 'follows'>;
}

/** How it begins: sent at once, asked for, or not sent at all. */
export type ActionStart =
  | { status: 'SENT' }
  | { status: 'PROPOSED'; expiresAt: Micros; note: string }
  | { status: 'DRY_RUN' | 'DONE'; note: string };

/** An action of no plan and no incident, such as a promotion, has this. */
export const NO_PLAN: Pick<ActionPlan, 'undo' | 'follows'> = { undo: null, follows: null };

/** Operations are told by a webhook of their own; everything else is the platform's. */
export function receiverOf(action: ActionName): ActionReceiver {
  return action === 'TELL_OPERATIONS' ? 'operations' : 'platform';
}

/** The row of an action that was decided on. */
export function newAction(wish: ActionWish, start: ActionStart): ActionRow {
  const { reason, action, target, decidedAt, validFor } = wish;
  const actionId = actionIdOf(reason, action, target);
  return {
    actionId,
    action,
    incidentId: wish.incidentId,
    alertKey: wish.alertKey,
    cause: wish.cause,
    target,
    receiver: receiverOf(action),
    status: start.status,
    decidedAt,
    expiresAt: start.status === 'PROPOSED' ? start.expiresAt : null,
    sentAt: start.status === 'SENT' ? decidedAt : null,
    overAt: null,
    undoneBy: null,
    undoes: wish.undoes,
    note: start.status === 'SENT' ? null : start.note,
    request: {
      action_id: actionId,
      action,
      target,
      parameters: wish.parameters,
      incident_id: wish.incidentId,
      cause: wish.cause,
      probability: wish.probability,
      decided_at: formatIso8601(decidedAt),
      valid_until: validFor === null ? null : formatIso8601(decidedAt + validFor),
      undoes: wish.undoes,
    },
    plan: { ...wish.plan, steadySince: null, followedFrom: null, inBandSince: null },
    result: null,
    effect: null,
  };
}

/** What the outbox is given for an action that is sent. */
export function webhookOf({ action, actionId, receiver, request }: ActionRow) {
  return {
    kind: webhookKindOf(action),
    target: receiver,
    payload: { ...request },
    idempotencyKey: `action/${actionId}`,
  };
}
