import { formatIso8601 } from '../../domain/time/iso8601.ts';
import type { Micros } from '../../domain/time/micros.ts';
import type { Queryable } from '../../platform/database/database.ts';

/**
 * A message that is not in Slack any more, or cannot be changed there: another one is to be sent in its place while one
 * of its alerts is unresolved, and its thread begins with saying so. Of two alertbots that notice it, one does this.
 *
 * @returns the id of the new one; null when there is no need, or it was done already
 */
export async function replaceSlackMessage(
  db: Queryable,
  messageId: number,
  reason: string,
  now: Micros,
): Promise<number | null> {
  const { rows } = await db.query<{ message_id: number }>({
    name: 'replace_slack_message',
    text: `WITH gone AS (
             UPDATE slack_messages SET state = 'gone', last_error = $2, stale_since = NULL
             WHERE message_id = $1 AND state = 'sent'
             RETURNING *
           ),
           added AS (
             INSERT INTO slack_messages (replaces, kind, home, target, urgency, group_key, members, joined_at, due_at, created_at)
             SELECT message_id, kind, home, home, urgency, group_key, members, joined_at, $3, created_at
             FROM gone
             WHERE EXISTS (SELECT FROM slack_alert_log l JOIN alerts a USING (alert_id)
                           WHERE l.message_id = gone.message_id AND a.status <> 'RESOLVED')
             RETURNING message_id, replaces
           ),
           moved AS (
             UPDATE slack_alert_log l SET message_id = added.message_id, state = 'pending', ts = NULL, send_status = $2,
                                          updated_at = now()
             FROM added WHERE l.message_id = added.replaces
           ),
           said AS (
             INSERT INTO slack_replies (alert_id, at, action, source, status_before, status_after)
             SELECT one.alert_id, $3, 'REPOST', 'auto', one.status, one.status
             FROM added, LATERAL (
               SELECT a.alert_id, a.status FROM slack_alert_log l JOIN alerts a USING (alert_id)
               WHERE l.message_id = added.replaces AND a.status <> 'RESOLVED' ORDER BY a.alert_id LIMIT 1
             ) AS one
           )
           SELECT message_id FROM added`,
    values: [messageId, reason, formatIso8601(now)],
  });
  return rows[0]?.message_id ?? null;
}
