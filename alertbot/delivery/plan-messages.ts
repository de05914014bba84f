import type { AlertKind, Severity } from '../../domain/alerts/alert.ts';
import type { NewMessage } from '../sql/insert-slack-messages.ts';
import type { NewLogRow } from '../sql/read-new-alerts.ts';
import type { OpenGroup } from '../sql/read-open-groups.ts';
import type { WaitingSingle } from '../sql/read-waiting-singles.ts';

/** A group message lists what one click can act on. */
export const MOST_MEMBERS = 1000;

/** Which messages new alerts become. */
export interface Plan {
  /** To be sent, in this order. */
  messages: Omit<NewMessage, 'key'>[];
  /** Groups that exist, and which alerts join them. */
  joins: { messageId: number; logIds: number[] }[];
  /** Unsent singles that have become part of a group. */
  absorbed: number[];
}

export const URGENCY: Readonly<Record<Severity, number>> = { critical: 0, warning: 1, info: 2 };

interface PlanInput {
  alerts: readonly NewLogRow[];
  groups: readonly OpenGroup[];
  singles: readonly WaitingSingle[];
  channels: Readonly<Record<AlertKind, string>>;
  /** So many unsent alerts of one key become one message. */
  groupFrom: number;
}

/**
 * Decides which alerts share a message. An alert joins the newest open group of its key and channel that is at least as
 * urgent: an update tells nobody, so something worse gets a message of its own. Else it waits by itself, until so many of
 * its key wait that they are better off as one.
 */
export function planMessages({ alerts, groups, singles, channels, groupFrom }: PlanInput): Plan {
  const plan: Plan = { messages: [], joins: [], absorbed: [] };
  for (const storm of storms(alerts, channels)) {
    const left = join(storm, groups, plan);
    if (left.length === 0) continue;
    const waiting = singles.filter((single) => sameStorm(single, storm));
    if (storm.groupKey !== '' && left.length + waiting.length >= groupFrom)
      group(storm, left, waiting, groupFrom, plan);
    else for (const alert of left) plan.messages.push(single(storm, alert));
  }
  plan.messages.sort((a, b) => (a.logIds[0] ?? 0) - (b.logIds[0] ?? 0));
  return plan;
}

interface Storm {
  kind: AlertKind;
  groupKey: string;
  home: string;
  urgency: number;
  alerts: NewLogRow[];
}

/** Alerts without a key are each a storm of their own. */
function storms(alerts: readonly NewLogRow[], channels: PlanInput['channels']): Storm[] {
  const found = new Map<string, Storm>();
  for (const alert of alerts) {
    const { kind, groupKey } = alert;
    const urgency = URGENCY[alert.severity];
    const name = groupKey === '' ? `alert ${alert.logId}` : `${urgency} ${kind} ${groupKey}`;
    const storm = found.get(name) ?? { kind, groupKey, home: channels[kind], urgency, alerts: [] };
    storm.alerts.push(alert);
    found.set(name, storm);
  }
  return [...found.values()];
}

function sameStorm(one: { groupKey: string; home: string; urgency: number }, storm: Storm): boolean {
  return (
    storm.groupKey !== '' &&
    one.groupKey === storm.groupKey &&
    one.home === storm.home &&
    one.urgency === storm.urgency
  );
}

/** @returns the alerts for which no group had room */
function join(storm: Storm, groups: readonly OpenGroup[], plan: Plan): NewLogRow[] {
  const open = groups.find(
    (one) =>
      storm.groupKey !== '' &&
      one.groupKey === storm.groupKey &&
      one.home === storm.home &&
      one.urgency <= storm.urgency,
  );
  if (open === undefined) return storm.alerts;
  const taken = plan.joins.find(({ messageId }) => messageId === open.messageId);
  const room = Math.max(0, MOST_MEMBERS - open.members - (taken?.logIds.length ?? 0));
  const joining = storm.alerts.slice(0, room).map(({ logId }) => logId);
  if (joining.length > 0) {
    if (taken === undefined) plan.joins.push({ messageId: open.messageId, logIds: joining });
    else taken.logIds.push(...joining);
  }
  return storm.alerts.slice(room);
}

/** As few messages as hold them; a remainder that is no storm stays single. */
function group(
  storm: Storm,
  alerts: readonly NewLogRow[],
  waiting: readonly WaitingSingle[],
  groupFrom: number,
  plan: Plan,
): void {
  const { kind, home, urgency, groupKey } = storm;
  plan.absorbed.push(...waiting.map(({ messageId }) => messageId));
  const logIds = [...waiting.map(({ logId }) => logId), ...alerts.map(({ logId }) => logId)].toSorted(
    (a, b) => a - b,
  );
  for (let from = 0; from < logIds.length; from += MOST_MEMBERS) {
    const members = logIds.slice(from, from + MOST_MEMBERS);
    if (members.length >= groupFrom || from === 0)
      plan.messages.push({ kind, home, urgency, groupKey, stormKey: null, logIds: members });
    else
      for (const logId of members)
        plan.messages.push({ kind, home, urgency, groupKey: null, stormKey: groupKey, logIds: [logId] });
  }
}

function single({ kind, home, urgency, groupKey }: Storm, { logId }: NewLogRow): Omit<NewMessage, 'key'> {
  return {
    kind,
    home,
    urgency,
    groupKey: null,
    stormKey: groupKey === '' ? null : groupKey,
    logIds: [logId],
  };
}
