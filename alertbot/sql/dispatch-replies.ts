import { formatIso8601 } from '../../domain/time/iso8601.ts';
import type { Micros } from '../../domain/time/micros.ts';
import type { Queryable } from '../../platform/database/database.ts';

/**
 * Moves what is to be said from the in-tray to posts, one for each thread; escalations to one of their own. What comes
 * before the post is sent goes into the same one.
 *
 * @returns how many entries found their post
 */
export async function dispatchReplies(db: Queryable, most: number, now: Micros): Promise<number> {
  const { rowCount } = await db.query({
    name: 'dispatch_slack_replies',
    // The parents are locked: one that is being marked as sent lets those go that wait for it, which must not miss ours.
    text: `WITH arrived AS (
             SELECT r.reply_id, l.message_id AS parent_id, CASE r.action WHEN 'ESCALATE' THEN 0 ELSE 3 END AS urgency
             FROM slack_replies r JOIN slack_alert_log l USING (alert_id)
             WHERE r.post_id IS NULL AND l.message_id IS NOT NULL
             ORDER BY r.reply_id
             LIMIT $1
           ),
           parents AS MATERIALIZED (
             SELECT message_id, state, kind, home, target FROM slack_messages
             WHERE message_id IN (SELECT parent_id FROM arrived) AND state NOT IN ('gone', 'dead')
             FOR NO KEY UPDATE
           ),
           open AS MATERIALIZED (
             SELECT message_id, parent_id, urgency FROM slack_messages
             WHERE parent_id IN (SELECT message_id FROM parents) AND state IN ('waiting', 'pending') AND NOT doubted
             FOR UPDATE SKIP LOCKED
           ),
           added AS (
             INSERT INTO slack_messages (parent_id, kind, home, target, urgency, state, due_at, created_at)
             SELECT p.message_id, p.kind, p.home, p.target, wanted.urgency,
                    CASE WHEN p.state = 'sent' THEN 'pending' ELSE 'waiting' END, $2, $2
             FROM (SELECT DISTINCT parent_id, urgency FROM arrived) AS wanted JOIN parents p ON p.message_id = wanted.parent_id
             WHERE NOT EXISTS (SELECT FROM open WHERE open.parent_id = wanted.parent_id AND open.urgency = wanted.urgency)
             RETURNING message_id, parent_id, urgency
           ),
           posts AS (
             SELECT min(message_id) AS message_id, parent_id, urgency
             FROM (SELECT * FROM open UNION ALL SELECT * FROM added) AS either GROUP BY parent_id, urgency
           )
           UPDATE slack_replies r SET post_id = posts.message_id
           FROM arrived JOIN posts USING (parent_id, urgency)
           WHERE r.reply_id = arrived.reply_id`,
    values: [most, formatIso8601(now)],
  });
  return rowCount ?? 0;
}
