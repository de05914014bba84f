import type { RetryVerdict } from '../../domain/commands/retry-verdict.ts';
import type { HoldReason } from '../../domain/holds/reasons.ts';
import type { Queryable } from '../../platform/database/database.ts';

/** A row of `actions` that waits for its result, and the alert it was asked for. */
export interface OpenAction {
  actionId: string;
  alertId: number;
  /** Of the alert since the action was asked for. */
  alertVersion: number;
}

/** What a command asks to have done again. */
export type OpenCommand = OpenAction &
  (
    | { action: 'RETRY_RECORD'; logId: number }
    | {
        action: 'RETRY_HOLD';
        orderId: string;
        reason: HoldReason;
        evidence: Readonly<Record<string, unknown>>;
      }
  );

interface Row {
  action_id: string;
  action: 'RETRY_HOLD' | 'RETRY_RECORD';
  alert_id: number;
  version: number;
  log_id: number | null;
  order_id: string | null;
  reason_code: HoldReason | null;
  evidence: Record<string, unknown> | null;
}

/** Alert and action still belong together: nobody gave the alert back, closed it or asked again since. */
const OF_ITS_ALERT = `a.alert_id = (x.request->>'alert_id')::bigint AND a.status = 'RETRY_REQUESTED'
                      AND a.version = (x.request->>'alert_version')::integer`;

/**
 * Claims a command that nobody has begun, until the transaction ends. Null when there is nothing to do: it was done, or
 * its alert has moved on, or nobody here asked for it.
 */
export async function claimCommand(db: Queryable, actionId: string): Promise<OpenCommand | null> {
  const { rows } = await db.query<Row & Record<string, unknown>>({
    name: 'claim_command',
    text: `SELECT x.action_id, x.action, a.alert_id, a.version, a.log_id, h.order_id, h.reason_code, h.evidence
           FROM actions x
           JOIN alerts a ON ${OF_ITS_ALERT}
           LEFT JOIN holds h ON h.hold_id = a.hold_id
           WHERE x.action_id = $1 AND x.status = 'REQUESTED'
           FOR UPDATE OF x`,
    values: [actionId],
  });
  const row = rows[0];
  if (row === undefined) return null;
  const open = { actionId, alertId: row.alert_id, alertVersion: row.version };
  if (row.action === 'RETRY_RECORD' && row.log_id !== null)
    return { ...open, action: row.action, logId: row.log_id };
  if (row.action !== 'RETRY_HOLD' || row.order_id === null || row.reason_code === null) return null;
  const { order_id: orderId, reason_code: reason, evidence } = row;
  return { ...open, action: row.action, orderId, reason, evidence: evidence ?? {} };
}

/** Claims an action whose record was sent again, to give it its result. */
export async function claimSentAction(db: Queryable, actionId: string): Promise<OpenAction | null> {
  const { rows } = await db.query<{ alert_id: number; version: number }>({
    name: 'claim_sent_action',
    text: `SELECT a.alert_id, a.version
           FROM actions x JOIN alerts a ON ${OF_ITS_ALERT}
           WHERE x.action_id = $1 AND x.status = 'SENT'
           FOR UPDATE OF x`,
    values: [actionId],
  });
  const row = rows[0];
  return row === undefined ? null : { actionId, alertId: row.alert_id, alertVersion: row.version };
}

/** Notes that the record of an action was handed to the outbox; its result comes when the record does. */
export async function markSent(db: Queryable, actionId: string): Promise<void> {
  await db.query({
    name: 'mark_action_sent',
    text: `UPDATE actions SET status = 'SENT', updated_at = now() WHERE action_id = $1 AND status = 'REQUESTED'`,
    values: [actionId],
  });
}

/** Gives an action its result. */
export async function finishAction(db: Queryable, actionId: string, verdict: RetryVerdict): Promise<void> {
  const { outcome, code, reason, details } = verdict;
  await db.query({
    name: 'finish_action',
    text: `UPDATE actions SET status = $2, result = $3, updated_at = now()
           WHERE action_id = $1 AND status IN ('REQUESTED', 'SENT')`,
    values: [
      actionId,
      outcome === 'succeeded' ? 'DONE' : 'FAILED',
      JSON.stringify({ outcome, code, reason, ...details }),
    ],
  });
}
