import type { Cause } from '../../../domain/causes/cause.ts';
import type {
  ActionName,
  ActionReceiver,
  ActionResult,
  ActionStatus,
} from '../../../domain/response/action.ts';
import type { Micros } from '../../../domain/time/micros.ts';
import type { Queryable } from '../../../platform/database/database.ts';
import type { EffectJson } from '../../response/action-json.ts';
import { micros } from '../../sql/micros.ts';

export interface ActionsQuery {
  incidentId: string | null;
  status: ActionStatus | null;
  action: ActionName | null;
  after: readonly [at: Micros, actionId: string] | null;
  most: number;
}

export interface ResponseRow {
  action_id: string;
  at: Micros;
  action: ActionName;
  target: string;
  status: ActionStatus;
  receiver: ActionReceiver;
  incident_id: string | null;
  cause: Cause | null;
  parameters: Record<string, string | number | boolean> | null;
  note: string | null;
  expires_at: Micros | null;
  sent_at: Micros | null;
  over_at: Micros | null;
  decided_by: string | null;
  undoes: string | null;
  undone_by: string | null;
  result: ActionResult | null;
  effect: EffectJson | null;
}

/** Automatic actions about places, the newest first; neither commands of operators nor what is sent to single customers. */
export async function actions(db: Queryable, query: ActionsQuery): Promise<ResponseRow[]> {
  const { rows } = await db.query<ResponseRow & Record<string, unknown>>({
    name: 'api_actions',
    text: `SELECT action_id, at, action, target, status, receiver, incident_id, cause, parameters, note, expires_at, sent_at, over_at,
                  decided_by, undoes, undone_by, result, effect
           FROM actions_masked
           WHERE receiver IS NOT NULL AND target NOT LIKE 'customer=%'
             AND ($1::text IS NULL OR incident_id = $1)
             AND ($2::text IS NULL OR status = $2)
             AND ($3::text IS NULL OR action = $3)
             AND ($4::float8 IS NULL OR at < ${micros('$4')} OR (at = ${micros('$4')} AND action_id > $5))
           ORDER BY at DESC, action_id LIMIT $6`,
    values: [
      query.incidentId,
      query.status,
      query.action,
      query.after?.[0] ?? null,
      query.after?.[1] ?? null,
      query.most,
    ],
  });
  return rows;
}
