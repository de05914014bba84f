import type { Micros } from '../../domain/time/micros.ts';
import type { Queryable } from '../../platform/database/database.ts';
import {
  type ChangedAlert,
  type ChangedRow,
  type ChangeRequest,
  changedAlerts,
  encodeChange,
} from './change-alerts.ts';

/**
 * As {@link changeAlerts}, for every member of a group's message whose status allows the action, and for those that this
 * very request has changed before. One statement: a click has time for one round trip.
 *
 * @returns null for a replayed request
 */
export async function changeGroup(
  db: Queryable,
  messageId: number,
  request: Omit<ChangeRequest, 'targets'>,
  now: Micros,
  timeoutMs?: number,
): Promise<ChangedAlert[] | null> {
  const { rows } = await db.query<ChangedRow>({
    name: 'change_group',
    text: `SELECT * FROM change_alerts($1::jsonb || jsonb_build_object('targets', (
             SELECT coalesce(jsonb_agg(jsonb_build_object('alert_id', a.alert_id)), '[]')
             FROM slack_alert_log l JOIN alerts a ON a.alert_id = l.alert_id
             WHERE l.message_id = $2
               AND (alert_next_status(a.status, $1::jsonb->>'action') IS NOT NULL
                    OR EXISTS (SELECT FROM alert_actions d
                               WHERE d.alert_id = a.alert_id AND d.idempotency_key = $1::jsonb->>'idempotency_key')))))`,
    values: [JSON.stringify(encodeChange(request, now)), messageId],
    ...(timeoutMs === undefined ? {} : { query_timeout: timeoutMs }),
  });
  return changedAlerts(rows);
}
