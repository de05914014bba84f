import { formatIso8601 } from '../../domain/time/iso8601.ts';
import type { Micros } from '../../domain/time/micros.ts';
import type { Queryable } from '../../platform/database/database.ts';

/** A post of which nobody knows whether it is in Slack. */
export interface DoubtfulPost {
  messageId: number;
  messageKey: string;
  attempt: number;
  /** Where it was sent, as configured. */
  target: string;
  /** It is not in Slack before. */
  since: Micros;
  plain: boolean;
  refusals: number;
  groupKey: string | null;
  parent: { channel: string; ts: string } | null;
}

interface Row {
  message_id: number;
  message_key: string;
  attempts: number;
  target: string;
  first_attempt_at: Micros;
  plain: boolean;
  refusals: number;
  group_key: string | null;
  parent_channel: string | null;
  parent_ts: string | null;
}

/**
 * Claims what is uncertain, and what whoever was sending it has not reported in time (it is uncertain from now on).
 *
 * @param until nobody else looks for it before
 */
export async function claimDoubtfulPosts(
  db: Queryable,
  most: number,
  now: Micros,
  until: Micros,
): Promise<DoubtfulPost[]> {
  const { rows } = await db.query<Row & Record<string, unknown>>({
    name: 'claim_doubtful_slack_posts',
    text: `WITH next AS (
             SELECT message_id FROM slack_messages
             WHERE state IN ('sending', 'uncertain') AND due_at <= $2
             ORDER BY due_at LIMIT $1 FOR UPDATE SKIP LOCKED
           ),
           claimed AS (
             UPDATE slack_messages m SET state = 'uncertain', due_at = $3, doubted = true
             FROM next WHERE m.message_id = next.message_id
             RETURNING m.*
           )
           SELECT c.message_id, c.message_key, c.attempts, c.target, c.first_attempt_at, c.plain, c.refusals,
                  c.group_key,
                  p.channel AS parent_channel, p.ts AS parent_ts
           FROM claimed c LEFT JOIN slack_messages p ON p.message_id = c.parent_id
           ORDER BY c.message_id`,
    values: [most, formatIso8601(now), formatIso8601(until)],
  });
  return rows.map((row) => ({
    messageId: row.message_id,
    messageKey: row.message_key,
    attempt: row.attempts,
    target: row.target,
    since: row.first_attempt_at,
    plain: row.plain,
    refusals: row.refusals,
    groupKey: row.group_key,
    parent:
      row.parent_channel === null || row.parent_ts === null
        ? null
        : { channel: row.parent_channel, ts: row.parent_ts },
  }));
}
