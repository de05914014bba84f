import type { AlertKind } from '../../domain/alerts/alert.ts';
import { formatIso8601 } from '../../domain/time/iso8601.ts';
import type { Micros } from '../../domain/time/micros.ts';
import type { Queryable } from '../../platform/database/database.ts';

/** A message to be sent, with the rows of slack_alert_log it stands for. */
export interface NewMessage {
  /** UUID, unique for ever. */
  key: string;
  kind: AlertKind;
  home: string;
  urgency: number;
  /** Null: the message of one alert. */
  groupKey: string | null;
  /** Of a single that may yet be part of a group. */
  stormKey: string | null;
  logIds: readonly number[];
}

/** Adds them, in their order, and links the rows of slack_alert_log. */
export async function insertSlackMessages(
  db: Queryable,
  messages: readonly NewMessage[],
  now: Micros,
): Promise<void> {
  if (messages.length === 0) return;
  await db.query({
    name: 'insert_slack_messages',
    text: `WITH planned AS MATERIALIZED (
             SELECT ordinality, (m->>0)::uuid AS message_key, m->>1 AS kind, m->>2 AS home, (m->>3)::smallint AS urgency,
                    m->>4 AS group_key, m->>5 AS storm_key, m->6 AS log_ids
             FROM jsonb_array_elements($1::jsonb) WITH ORDINALITY AS one (m, ordinality)
           ),
           added AS (
             INSERT INTO slack_messages (message_key, kind, home, target, urgency, group_key, storm_key, members,
                                         joined_at, due_at, created_at)
             SELECT message_key, kind, home, home, urgency, group_key, storm_key, jsonb_array_length(log_ids), $2, $2, $2
             FROM planned ORDER BY ordinality
             RETURNING message_id, message_key
           )
           UPDATE slack_alert_log l SET
             message_id = added.message_id,
             state = 'pending',
             event_id = coalesce(a.evidence->>'event_id', a.dedup_key),
             alert_data = coalesce(l.alert_data, jsonb_build_object(
                 'alert_id', a.alert_id, 'kind', a.kind, 'severity', a.severity, 'status', a.status, 'version', a.version,
                 'subject', a.subject, 'opened_at', a.opened_at, 'order_id', a.order_id, 'group_key', a.group_key)),
             updated_at = now()
           FROM planned JOIN added USING (message_key), jsonb_array_elements(planned.log_ids) AS one (log_id), alerts a
           WHERE l.log_id = one.log_id::bigint AND a.alert_id = l.alert_id`,
    values: [
      JSON.stringify(
        messages.map((m) => [m.key, m.kind, m.home, m.urgency, m.groupKey, m.stormKey, m.logIds]),
      ),
      formatIso8601(now),
    ],
  });
}
