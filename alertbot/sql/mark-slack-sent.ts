import { formatIso8601 } from '../../domain/time/iso8601.ts';
import type { Micros } from '../../domain/time/micros.ts';
import type { Queryable } from '../../platform/database/database.ts';

/** Where a message is in Slack, and what it shows there. */
export interface SentMessage {
  messageId: number;
  /** Slack's id. */
  channel: string;
  ts: string;
  /** What was `wanted` when it was drawn; null: not known, it was found in the channel. */
  shown: number | null;
  /** Of what it shows. */
  hash: string | null;
  /** All it shows is resolved. */
  finished: boolean;
}

/**
 * It is in Slack: sending or uncertain -> sent. Entries that a post in a thread stands for have been said.
 *
 * @param attempt the claim this is the outcome of; a later claim by somebody else is not touched
 * @returns false when there was such a one
 */
export async function markSlackSent(
  db: Queryable,
  sent: SentMessage,
  attempt: number,
  now: Micros,
): Promise<boolean> {
  const { rowCount } = await db.query({
    name: 'mark_slack_sent',
    text: `WITH sent AS (
             UPDATE slack_messages SET
               state = 'sent', channel = $3, ts = $4, storm_key = NULL, last_error = NULL, refusals = 0,
               shown = coalesce($5, shown), shown_hash = $6,
               stale_since = CASE WHEN $5 = wanted THEN NULL ELSE coalesce(stale_since, $8) END,
               posted_at = $8, finished_at = CASE WHEN $7 THEN $8::timestamptz END
             WHERE message_id = $1 AND attempts = $2 AND state IN ('sending', 'uncertain')
             RETURNING message_id
           ),
           said AS (
             DELETE FROM slack_replies WHERE post_id IN (SELECT message_id FROM sent)
           )
           SELECT message_id FROM sent`,
    values: [
      sent.messageId,
      attempt,
      sent.channel,
      sent.ts,
      sent.shown,
      sent.hash,
      sent.finished,
      formatIso8601(now),
    ],
  });
  return rowCount === 1;
}
