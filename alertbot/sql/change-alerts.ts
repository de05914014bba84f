import type { AlertAction, AlertStatus, HoldDecision } from '../../domain/alerts/lifecycle.ts';
import { formatIso8601 } from '../../domain/time/iso8601.ts';
import type { Micros } from '../../domain/time/micros.ts';
import type { Queryable } from '../../platform/database/database.ts';

export interface AlertTarget {
  alertId: number;
  /** The version the actor saw; null: whatever it is. */
  version: number | null;
}

/** What somebody wants done to alerts. */
export interface ChangeRequest {
  action: AlertAction;
  targets: readonly AlertTarget[];
  /** Display name. */
  actor: string;
  /** Slack user id. */
  actorId: string | null;
  source: 'slack' | 'api' | 'auto';
  note?: string | null;
  /** Needed by RESOLVE where the hold is open. */
  decision?: HoldDecision | null;
  /** Needed by SNOOZE. */
  snoozedUntil?: Micros | null;
  /** The same request delivered twice has the same one, and happens once. */
  idempotencyKey?: string | null;
  /** Of a request of Slack: the same signature a second time is a replay. */
  requestSignature?: string | null;
}

/**
 * What became of one target.
 *
 * - `done`; `repeated`: this very request did it before.
 * - `lost`: somebody was first, or the status does not allow it; the row says how the alert is now.
 * - `refused`: a decision, a time, or something to retry is missing.
 * - `unknown`: there is no such alert.
 */
export interface ChangedAlert {
  alertId: number;
  outcome: 'done' | 'repeated' | 'lost' | 'refused' | 'unknown';
  /** Null for an unknown alert, like all below. */
  status: AlertStatus | null;
  version: number | null;
  operator: string | null;
  operatorId: string | null;
  statusSince: Micros | null;
  /** The command of a RETRY. */
  actionId: string | null;
}

export interface ChangedRow {
  alert_id: number | null;
  outcome: ChangedAlert['outcome'] | 'replayed';
  status: AlertStatus | null;
  version: number | null;
  operator: string | null;
  operator_id: string | null;
  status_since: Micros | null;
  action_id: string | null;
}

/**
 * Does it, in one statement and one round trip.
 *
 * @param timeoutMs how long to wait for the answer; a later one may still tell of a change
 * @returns by ascending alert id; null for a replayed request, which changes nothing
 */
export async function changeAlerts(
  db: Queryable,
  request: ChangeRequest,
  now: Micros,
  timeoutMs?: number,
): Promise<ChangedAlert[] | null> {
  const targets = request.targets.map(({ alertId, version }) => ({ alert_id: alertId, version }));
  const { rows } = await db.query<ChangedRow>({
    name: 'change_alerts',
    text: 'SELECT * FROM change_alerts($1)',
    values: [JSON.stringify({ ...encodeChange(request, now), targets })],
    ...(timeoutMs === undefined ? {} : { query_timeout: timeoutMs }),
  });
  return changedAlerts(rows);
}

export function changedAlerts(rows: readonly ChangedRow[]): ChangedAlert[] | null {
  if (rows[0]?.outcome === 'replayed') return null;
  return rows.map((row) => ({
    alertId: row.alert_id as number,
    outcome: row.outcome as ChangedAlert['outcome'],
    status: row.status,
    version: row.version,
    operator: row.operator,
    operatorId: row.operator_id,
    statusSince: row.status_since,
    actionId: row.action_id,
  }));
}

/** All but the targets. */
export function encodeChange(request: Omit<ChangeRequest, 'targets'>, now: Micros): Record<string, unknown> {
  return {
    action: request.action,
    actor: request.actor,
    actor_id: request.actorId,
    source: request.source,
    note: request.note ?? null,
    decision: request.decision ?? null,
    snoozed_until: request.snoozedUntil == null ? null : formatIso8601(request.snoozedUntil),
    idempotency_key: request.idempotencyKey ?? null,
    request_signature: request.requestSignature ?? null,
    now: formatIso8601(now),
  };
}
