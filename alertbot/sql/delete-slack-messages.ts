import type { Queryable } from '../../platform/database/database.ts';

/**
 * Deletes messages that never were in Slack and stand for no alert any more. What was to be said in their threads goes
 * back to the in-tray.
 */
export async function deleteSlackMessages(db: Queryable, messageIds: readonly number[]): Promise<void> {
  if (messageIds.length === 0) return;
  await db.query({
    name: 'release_replies_of_slack_messages',
    text: `UPDATE slack_replies SET post_id = NULL
           WHERE post_id IN (SELECT message_id FROM slack_messages WHERE parent_id = ANY($1) AND state = 'waiting')`,
    values: [messageIds],
  });
  await db.query({
    name: 'delete_slack_messages',
    text: `DELETE FROM slack_messages
           WHERE message_id = ANY($1) OR (parent_id = ANY($1) AND state = 'waiting')`,
    values: [messageIds],
  });
}
