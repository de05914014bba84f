import { formatIso8601 } from '../../domain/time/iso8601.ts';
import type { Micros } from '../../domain/time/micros.ts';
import type { Queryable } from '../../platform/database/database.ts';

/**
 * Adds alerts to a group message. They count as pending until the message shows them; one that is being sent right now
 * is stale at once.
 */
export async function joinSlackGroup(
  db: Queryable,
  messageId: number,
  logIds: readonly number[],
  now: Micros,
): Promise<void> {
  await db.query({
    name: 'join_slack_group',
    text: `WITH joined AS (
             UPDATE slack_messages SET
               members = members + cardinality($2::bigint[]), joined_at = $3, wanted = wanted + 1,
               stale_since = coalesce(stale_since, $3)
             WHERE message_id = $1
             RETURNING message_id
           )
           UPDATE slack_alert_log l SET
             message_id = joined.message_id,
             state = 'pending',
             event_id = coalesce(a.evidence->>'event_id', a.dedup_key),
             alert_data = coalesce(l.alert_data, jsonb_build_object(
                 'alert_id', a.alert_id, 'kind', a.kind, 'severity', a.severity, 'status', a.status, 'version', a.version,
                 'subject', a.subject, 'opened_at', a.opened_at, 'order_id', a.order_id, 'group_key', a.group_key)),
             updated_at = now()
           FROM joined, alerts a
           WHERE l.log_id = ANY($2) AND a.alert_id = l.alert_id`,
    values: [messageId, logIds, formatIso8601(now)],
  });
}
