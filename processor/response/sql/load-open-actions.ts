import type { Cause } from '../../../domain/causes/cause.ts';
import type {
  ActionName,
  ActionPlan,
  ActionReceiver,
  ActionRequest,
  ActionResult,
  ActionRow,
  ActionStatus,
} from '../../../domain/response/action.ts';
import type { Micros } from '../../../domain/time/micros.ts';
import type { Queryable } from '../../../platform/database/database.ts';
import { type EffectJson, effectOf } from '../action-json.ts';

interface Row {
  action_id: string;
  action: ActionName;
  incident_id: string | null;
  alert_key: string | null;
  cause: Cause | null;
  receiver: ActionReceiver;
  status: ActionStatus;
  at: Micros;
  expires_at: Micros | null;
  sent_at: Micros | null;
  over_at: Micros | null;
  undone_by: string | null;
  undoes: string | null;
  note: string | null;
  request: ActionRequest;
  plan: ActionPlan;
  result: ActionResult | null;
  effect: EffectJson | null;
}

/** Actions of which something may still become, in the order in which they were decided on. */
export async function loadOpenActions(db: Queryable): Promise<ActionRow[]> {
  const { rows } = await db.query<Row & Record<string, unknown>>({
    name: 'load_open_actions',
    text: `SELECT action_id, action, incident_id, alert_key, cause, receiver, status, at, expires_at, sent_at, over_at,
                  undone_by, undoes, note, request, plan, result, effect
           FROM actions WHERE is_open ORDER BY at, action_id`,
  });
  return rows.map((row) => ({
    actionId: row.action_id,
    action: row.action,
    incidentId: row.incident_id,
    alertKey: row.alert_key,
    cause: row.cause,
    target: row.request.target,
    receiver: row.receiver,
    status: row.status,
    decidedAt: row.at,
    expiresAt: row.expires_at,
    sentAt: row.sent_at,
    overAt: row.over_at,
    undoneBy: row.undone_by,
    undoes: row.undoes,
    note: row.note,
    request: row.request,
    plan: row.plan,
    result: row.result,
    effect: row.effect === null ? null : effectOf(row.effect),
  }));
}
