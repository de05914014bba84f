import type { Queryable } from '../../platform/database/database.ts';

/** Slack's id of a configured channel, as the latest message that went there tells; null: none did. */
export async function readChannelId(db: Queryable, target: string): Promise<string | null> {
  const { rows } = await db.query<{ channel: string }>({
    name: 'read_slack_channel_id',
    text: `SELECT channel FROM slack_messages
           WHERE target = $1 AND channel IS NOT NULL
           ORDER BY message_id DESC LIMIT 1`,
    values: [target],
  });
  return rows[0]?.channel ?? null;
}
