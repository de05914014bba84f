import type { Cause } from '../causes/cause.ts';
import type { Incident } from '../incidents/incident.ts';
import { incidentAlertKey } from '../incidents/incident-alert.ts';
import type { Micros } from '../time/micros.ts';
import { type ActionReceiver, type ActionRow, type ActionTarget, actionIdOf, targetKey } from './action.ts';
import { type ActionStart, newAction, receiverOf } from './new-action.ts';
import type { ActionPolicy, ActionRule } from './policy.ts';
import type { RateBook } from './rate-book.ts';
import { type Deviations, followedSeries, targetsOf } from './targets.ts';

/** What a decision looks at, besides the incident. */
export interface DecisionContext {
  policy: ActionPolicy;
  /** Those that have an address. */
  receivers: ReadonlySet<ActionReceiver>;
  rates: RateBook;
  now: Micros;
  deviations: Deviations;
  isKnown(actionId: string): boolean;
}

/**
 * What is to be done about an incident now, in the order of the policy. Nothing before its cause is settled; nothing
 * twice in one incident. What a cool-down keeps back is decided on in a later step, if the incident lasts.
 */
export function decideActions(incident: Incident, context: DecisionContext): ActionRow[] {
  const cause = incident.settledCause;
  if (cause === null || incident.closedAt !== null) return [];
  const rules = context.policy.causes[cause] ?? [];
  return rules.flatMap((rule) => decideRule(rule, cause, incident, context));
}

function decideRule(
  rule: ActionRule,
  cause: Cause,
  incident: Incident,
  context: DecisionContext,
): ActionRow[] {
  const probability = incident.causes.find((one) => one.cause === cause)?.probability ?? 0;
  if (probability < rule.minimumProbability) return [];
  if (rule.minimumSeverity === 'critical' && incident.severity !== 'critical') return [];
  const targets = targetsOf(rule, incident, context.deviations);
  return targets.flatMap((target) => {
    if (context.isKnown(actionIdOf(incident.incidentId, rule.action, target))) return [];
    if (isKeptBack(rule, target, context)) return [];
    const start = startOf(rule, { targets: targets.length, probability }, context);
    const row = rowOf(rule, target, { incident, cause, probability }, start, context.now);
    context.rates.note(rateEntryOf(row));
    return [row];
  });
}

function isKeptBack(rule: ActionRule, target: ActionTarget, { rates, now }: DecisionContext): boolean {
  const key = targetKey(target);
  if (rates.isCooling(rule.action, key, rule.coolDown, now)) return true;
  return rule.perTargetPerDay !== null && rates.doneToTarget(rule.action, key, now) >= rule.perTargetPerDay;
}

function startOf(
  rule: ActionRule,
  about: { targets: number; probability: number },
  context: DecisionContext,
): ActionStart {
  const { policy, receivers, now } = context;
  if (policy.dryRun || rule.dryRun) return { status: 'DRY_RUN', note: 'the policy says dry_run' };
  const receiver = receiverOf(rule.action);
  if (!receivers.has(receiver)) {
    return receiver === 'operations'
      ? { status: 'DONE', note: 'the alert tells them: HOLDFAST_WEBHOOK_OPERATIONS_URL is not set' }
      : { status: 'DRY_RUN', note: 'HOLDFAST_WEBHOOK_PLATFORM_URL is not set' };
  }
  const note = whyAsked(rule, about, context);
  return note === null
    ? { status: 'SENT' }
    : { status: 'PROPOSED', expiresAt: now + rule.approval.within, note };
}

/** Null: nobody has to be asked. */
function whyAsked(
  { action, approval, limits }: ActionRule,
  { targets, probability }: { targets: number; probability: number },
  { policy, rates, now }: DecisionContext,
): string | null {
  if (approval.always) return 'the policy asks for an approval';
  if (approval.moreTargetsThan !== null && targets > approval.moreTargetsThan)
    return `${targets} targets at once, more than ${approval.moreTargetsThan}`;
  if (approval.probabilityBelow !== null && probability < approval.probabilityBelow)
    return `the cause is ${Math.round(probability * 100)} % probable, less than ${Math.round(approval.probabilityBelow * 100)} %`;
  if (rates.isBeyond(limits, action, now)) return 'the limit of this action is reached';
  if (rates.isBeyond(policy.limits, null, now)) return 'the limit of all actions is reached';
  return null;
}

function rowOf(
  rule: ActionRule,
  target: ActionTarget,
  { incident, cause, probability }: { incident: Incident; cause: Cause; probability: number },
  start: ActionStart,
  now: Micros,
): ActionRow {
  return newAction(
    {
      reason: incident.incidentId,
      action: rule.action,
      target,
      parameters: rule.parameters,
      incidentId: incident.incidentId,
      alertKey: incidentAlertKey(incident.incidentId),
      cause,
      probability,
      decidedAt: now,
      validFor: rule.validFor,
      undoes: null,
      plan: {
        undo: rule.undo,
        follows: bringsBack(rule) ? followedSeries(rule.follows, target, incident) : null,
      },
    },
    start,
  );
}

const TELLING: ReadonlySet<string> = new Set([
  'TELL_OPERATIONS',
  'CUSTOMER_NOTIFY',
  'CUSTOMER_COUPON',
  'PROMOTION',
]);

/** Telling and consoling people does not bring a series back. */
export function bringsBack({ action }: Pick<ActionRow, 'action'>): boolean {
  return !TELLING.has(action);
}

const EXECUTED: ReadonlySet<string> = new Set(['SENT', 'DONE', 'FAILED', 'DRY_RUN', 'UNDONE']);

export function rateEntryOf(row: ActionRow) {
  return {
    actionId: row.actionId,
    at: row.sentAt ?? row.decidedAt,
    action: row.action,
    target: targetKey(row.target),
    executed: EXECUTED.has(row.status),
  };
}
