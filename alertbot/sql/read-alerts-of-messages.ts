import type { Queryable } from '../../platform/database/database.ts';

/** The alerts that these single messages show, by message. */
export async function readAlertsOfMessages(
  db: Queryable,
  messageIds: readonly number[],
): Promise<Map<number, number>> {
  const { rows } = await db.query<{ message_id: number; alert_id: number }>({
    name: 'read_alerts_of_slack_messages',
    text: 'SELECT message_id, alert_id FROM slack_alert_log WHERE message_id = ANY($1) ORDER BY log_id DESC',
    values: [messageIds],
  });
  return new Map(rows.map((row) => [row.message_id, row.alert_id]));
}
