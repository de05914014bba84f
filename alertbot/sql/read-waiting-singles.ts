import type { Queryable } from '../../platform/database/database.ts';

/** The message of one alert that is not in Slack yet, and could be part of a group's instead. */
export interface WaitingSingle {
  messageId: number;
  groupKey: string;
  home: string;
  urgency: number;
  logId: number;
}

interface Row {
  message_id: number;
  storm_key: string;
  home: string;
  urgency: number;
  log_id: number;
}

/** Unsent singles whose alerts have one of these group keys, oldest first; locked, those being sent left out. */
export async function readWaitingSingles(
  db: Queryable,
  groupKeys: readonly string[],
): Promise<WaitingSingle[]> {
  if (groupKeys.length === 0) return [];
  const { rows } = await db.query<Row & Record<string, unknown>>({
    name: 'read_waiting_slack_singles',
    text: `SELECT m.message_id, m.storm_key, m.home, m.urgency, l.log_id
           FROM slack_messages m JOIN slack_alert_log l USING (message_id)
           WHERE m.storm_key = ANY($1) AND m.state = 'pending' AND NOT m.doubted
           ORDER BY m.message_id
           FOR UPDATE OF m SKIP LOCKED`,
    values: [groupKeys],
  });
  return rows.map((row) => ({
    messageId: row.message_id,
    groupKey: row.storm_key,
    home: row.home,
    urgency: row.urgency,
    logId: row.log_id,
  }));
}
