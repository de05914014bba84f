import type { Queryable } from '../../platform/database/database.ts';

/**
 * A post whose thread is gone goes into the thread of the message that replaced it, or where there is none, nowhere.
 *
 * @param attempt the claim of the post
 */
export async function adoptOrphanPost(db: Queryable, messageId: number, attempt: number): Promise<void> {
  await db.query({
    name: 'adopt_orphan_slack_post',
    text: `WITH heir AS MATERIALIZED (
             SELECT h.message_id, h.target, h.home, h.state FROM slack_messages post
             JOIN slack_messages h ON h.replaces = post.parent_id
             WHERE post.message_id = $1
             FOR NO KEY UPDATE OF h
           )
           UPDATE slack_messages m SET
             parent_id = coalesce((SELECT message_id FROM heir), parent_id),
             target = coalesce((SELECT target FROM heir), target),
             home = coalesce((SELECT home FROM heir), home),
             state = CASE (SELECT state FROM heir)
                       WHEN 'sent' THEN 'pending' WHEN 'gone' THEN 'pending' WHEN 'dead' THEN 'gone'
                       ELSE CASE WHEN EXISTS (SELECT FROM heir) THEN 'waiting' ELSE 'gone' END
                     END
           WHERE m.message_id = $1 AND m.attempts = $2 AND m.state = 'sending'`,
    values: [messageId, attempt],
  });
}
