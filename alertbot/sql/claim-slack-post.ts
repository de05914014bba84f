import type { AlertKind } from '../../domain/alerts/alert.ts';
import { formatIso8601 } from '../../domain/time/iso8601.ts';
import type { Micros } from '../../domain/time/micros.ts';
import type { Queryable } from '../../platform/database/database.ts';

/** A message, or a post in a thread, that this alertbot and no other may send now. */
export interface ClaimedPost {
  messageId: number;
  messageKey: string;
  kind: AlertKind;
  /** Channels as configured: where it belongs, and where it goes. */
  home: string;
  target: string;
  urgency: number;
  groupKey: string | null;
  /** Number of this attempt, from 1; nobody else has the same one. */
  attempt: number;
  /** Times it was refused for good, so far. */
  refusals: number;
  /** Words only. */
  plain: boolean;
  /** What it will show, when it shows what it has to at this moment. */
  wanted: number;
  /** For a post in a thread: where the thread is; null for a message. */
  parent: {
    messageId: number;
    channel: string | null;
    ts: string | null;
    /** Several alerts share its message. */
    grouped: boolean;
    gone: boolean;
  } | null;
}

interface ClaimedPostRow extends Record<string, unknown> {
  message_id: number;
  message_key: string;
  kind: AlertKind;
  home: string;
  target: string;
  urgency: number;
  group_key: string | null;
  attempts: number;
  refusals: number;
  plain: boolean;
  wanted: number;
  parent_id: number | null;
  parent_channel: string | null;
  parent_ts: string | null;
  parent_state: string | null;
  parent_group_key: string | null;
}

/**
 * Claims the next post of a channel: pending -> sending. Of messages the most urgent, then the oldest; of posts in
 * threads likewise; which of the two comes first is said by the ranks, the lower one wins.
 *
 * @param ranks of a critical message, of any other message, and of a post in a thread
 * @param until whoever has not said by then what became of it is taken for dead
 */
export async function claimSlackPost(
  db: Queryable,
  target: string,
  ranks: { critical: number; other: number; reply: number },
  now: Micros,
  until: Micros,
): Promise<ClaimedPost | null> {
  const { rows } = await db.query<ClaimedPostRow>({
    name: 'claim_slack_post',
    text: `WITH message AS MATERIALIZED (
             SELECT message_id, urgency FROM slack_messages
             WHERE target = $1 AND state = 'pending' AND parent_id IS NULL AND due_at <= $2
             ORDER BY urgency, message_id LIMIT 1 FOR UPDATE SKIP LOCKED
           ),
           reply AS MATERIALIZED (
             SELECT message_id, urgency FROM slack_messages
             WHERE target = $1 AND state = 'pending' AND parent_id IS NOT NULL AND due_at <= $2
             ORDER BY urgency, message_id LIMIT 1 FOR UPDATE SKIP LOCKED
           ),
           next AS (
             SELECT message_id, CASE urgency WHEN 0 THEN $4::integer ELSE $5 END AS rank FROM message
             UNION ALL SELECT message_id, CASE urgency WHEN 0 THEN least($4, $6) ELSE $6::integer END FROM reply
             ORDER BY rank LIMIT 1
           ),
           claimed AS (
             UPDATE slack_messages m SET state = 'sending', due_at = $3, attempts = attempts + 1,
                                         first_attempt_at = coalesce(first_attempt_at, $2)
             FROM next WHERE m.message_id = next.message_id
             RETURNING m.*
           )
           SELECT c.message_id, c.message_key, c.kind, c.home, c.target, c.urgency, c.group_key, c.attempts, c.refusals,
                  c.plain, c.wanted, c.parent_id, p.channel AS parent_channel, p.ts AS parent_ts, p.state AS parent_state,
                  p.group_key AS parent_group_key
           FROM claimed c LEFT JOIN slack_messages p ON p.message_id = c.parent_id`,
    values: [target, formatIso8601(now), formatIso8601(until), ranks.critical, ranks.other, ranks.reply],
  });
  return rows[0] === undefined ? null : claimedPost(rows[0]);
}

function claimedPost(row: ClaimedPostRow): ClaimedPost {
  return {
    messageId: row.message_id,
    messageKey: row.message_key,
    kind: row.kind,
    home: row.home,
    target: row.target,
    urgency: row.urgency,
    groupKey: row.group_key,
    attempt: row.attempts,
    refusals: row.refusals,
    plain: row.plain,
    wanted: row.wanted,
    parent:
      row.parent_id === null
        ? null
        : {
            messageId: row.parent_id,
            channel: row.parent_channel,
            ts: row.parent_ts,
            grouped: row.parent_group_key !== null,
            gone: row.parent_state !== 'sent',
          },
  };
}
