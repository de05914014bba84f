import type { ActionResult, ActionRow, ActionStatus } from '../../../domain/response/action.ts';
import type { ActionChange } from '../../../domain/response/action-desk.ts';
import type { Micros } from '../../../domain/time/micros.ts';
import type { Queryable } from '../../../platform/database/database.ts';
import { micros } from '../../sql/micros.ts';
import { effectJson } from '../action-json.ts';

interface Row {
  action_id: string;
  status: ActionStatus;
  result: ActionResult | null;
  sent_at: Micros | null;
}

/**
 * Writes what the desk has made of known actions. A status is changed only where it still is what the desk was told: a
 * person or a receiver may have been faster, and then theirs stays.
 *
 * @returns those with which somebody was faster, as they are now
 */
export async function updateActions(db: Queryable, changes: readonly ActionChange[]): Promise<ActionRow[]> {
  if (changes.length === 0) return [];
  const rows = changes
    .toSorted((a, b) => (a.row.actionId < b.row.actionId ? -1 : 1))
    .map(({ row, before, isOpen }) => ({
      action_id: row.actionId,
      at: row.decidedAt,
      before,
      status: row.status,
      result: row.result,
      over_at: row.overAt,
      undone_by: row.undoneBy,
      plan: row.plan,
      effect: row.effect === null ? null : effectJson(row.effect),
      is_open: isOpen,
    }));
  const { rows: written } = await db.query<Row & Record<string, unknown>>({
    name: 'update_actions',
    // With the time TimescaleDB looks into one chunk.
    text: `UPDATE actions a SET
             status = CASE WHEN a.status = e.before THEN e.status ELSE a.status END,
             result = CASE WHEN a.status = e.before AND e.status <> e.before THEN nullif(e.result, 'null') ELSE a.result END,
             over_at = ${micros('e.over_at')}, undone_by = e.undone_by, plan = e.plan,
             effect = nullif(e.effect, 'null'),
             is_open = e.is_open OR a.status <> e.before,
             updated_at = CASE WHEN e.status <> e.before THEN now() ELSE a.updated_at END
           FROM jsonb_to_recordset($1::jsonb) AS e (
             action_id text, at text, before text, status text, result jsonb, over_at text, undone_by text, plan jsonb,
             effect jsonb, is_open boolean)
           WHERE a.action_id = e.action_id AND a.at = ${micros('e.at')}
           RETURNING a.action_id, a.status, a.result, a.sent_at`,
    values: [JSON.stringify(rows)],
  });
  const wanted = new Map(changes.map(({ row }) => [row.actionId, row]));
  return written.flatMap(({ action_id, status, result, sent_at }) => {
    const row = wanted.get(action_id);
    return row === undefined || row.status === status ? [] : [{ ...row, status, result, sentAt: sent_at }];
  });
}
