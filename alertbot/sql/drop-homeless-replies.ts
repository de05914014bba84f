import type { Queryable } from '../../platform/database/database.ts';

/** Deletes what would be said in threads that cannot be: of alerts that Slack is not told of, or whose message is gone. */
export async function dropHomelessReplies(db: Queryable): Promise<number> {
  const { rowCount } = await db.query({
    name: 'drop_homeless_slack_replies',
    text: `DELETE FROM slack_replies r
           WHERE r.post_id IS NULL AND NOT EXISTS (
             SELECT FROM slack_alert_log l LEFT JOIN slack_messages m USING (message_id)
             WHERE l.alert_id = r.alert_id AND (m.message_id IS NULL OR m.state NOT IN ('gone', 'dead')))`,
  });
  return rowCount ?? 0;
}
