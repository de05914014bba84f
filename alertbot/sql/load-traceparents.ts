import type { Queryable } from '../../platform/database/database.ts';

/** W3C trace contexts of what raised the alerts of a message; none of those that were raised while tracing was off. */
export async function loadTraceparents(db: Queryable, messageId: number): Promise<string[]> {
  const { rows } = await db.query<{ traceparent: string }>({
    name: 'load_traceparents',
    text: `SELECT DISTINCT a.traceparent
           FROM slack_alert_log l JOIN alerts a USING (alert_id)
           WHERE l.message_id = $1 AND a.traceparent IS NOT NULL
           LIMIT 128`,
    values: [messageId],
  });
  return rows.map((row) => row.traceparent);
}
