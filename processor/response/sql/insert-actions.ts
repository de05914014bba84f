import { type ActionRow, targetKey } from '../../../domain/response/action.ts';
import { webhookOf } from '../../../domain/response/new-action.ts';
import type { Queryable } from '../../../platform/database/database.ts';
import { micros } from '../../sql/micros.ts';
import { effectJson } from '../action-json.ts';

/**
 * Keeps new actions. One whose id is known already is not kept again, whatever has become of it.
 *
 * @returns ids of those that are new
 */
export async function insertActions(
  db: Queryable,
  actions: readonly { row: ActionRow; isOpen: boolean }[],
): Promise<Set<string>> {
  if (actions.length === 0) return new Set();
  const rows = actions
    .toSorted((a, b) => (a.row.actionId < b.row.actionId ? -1 : 1))
    .map(({ row, isOpen }) => ({
      action_id: row.actionId,
      action: row.action,
      status: row.status,
      target: targetKey(row.target),
      request: row.request,
      result: row.result,
      idempotency_key: webhookOf(row).idempotencyKey,
      receiver: row.receiver,
      incident_id: row.incidentId,
      alert_key: row.alertKey,
      cause: row.cause,
      at: row.decidedAt,
      expires_at: row.expiresAt,
      sent_at: row.sentAt,
      over_at: row.overAt,
      undone_by: row.undoneBy,
      undoes: row.undoes,
      note: row.note,
      plan: row.plan,
      effect: row.effect === null ? null : effectJson(row.effect),
      is_open: isOpen,
    }));
  const { rows: inserted } = await db.query<{ action_id: string }>({
    name: 'insert_actions',
    text: `INSERT INTO actions (action_id, action, status, target, request, result, idempotency_key, receiver, incident_id,
                                alert_key, cause, at, expires_at, sent_at, over_at, undone_by, undoes, note, plan, effect, is_open)
           SELECT e.action_id, e.action, e.status, e.target, e.request, nullif(e.result, 'null'), e.idempotency_key,
                  e.receiver, e.incident_id, e.alert_key, e.cause, ${micros('e.at')}, ${micros('e.expires_at')},
                  ${micros('e.sent_at')}, ${micros('e.over_at')}, e.undone_by, e.undoes, e.note, e.plan,
                  nullif(e.effect, 'null'), e.is_open
           FROM jsonb_to_recordset($1::jsonb) AS e (
             action_id text, action text, status text, target text, request jsonb, result jsonb, idempotency_key text,
             receiver text, incident_id text, alert_key text, cause text, at text, expires_at text, sent_at text,
             over_at text, undone_by text, undoes text, note text, plan jsonb, effect jsonb, is_open boolean)
           WHERE NOT EXISTS (SELECT FROM actions a WHERE a.action_id = e.action_id)
           RETURNING action_id`,
    values: [JSON.stringify(rows)],
  });
  return new Set(inserted.map((row) => row.action_id));
}
