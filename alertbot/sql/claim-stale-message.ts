import { formatIso8601 } from '../../domain/time/iso8601.ts';
import type { Micros } from '../../domain/time/micros.ts';
import type { Queryable } from '../../platform/database/database.ts';

/** A message in Slack that does not show what the database says. */
export interface StaleMessage {
  messageId: number;
  messageKey: string;
  groupKey: string | null;
  /** Slack's id. */
  channel: string;
  ts: string;
  plain: boolean;
  refusals: number;
  /** What it will show when it is drawn now. */
  wanted: number;
  /** Of what Slack was last given; null: it has to be given again. */
  shownHash: string | null;
}

interface Row {
  message_id: number;
  message_key: string;
  group_key: string | null;
  channel: string;
  ts: string;
  plain: boolean;
  refusals: number;
  wanted: number;
  shown_hash: string | null;
}

/**
 * Claims the stale message that matters most: the most urgent, then the one that has been so for longest.
 *
 * @param until nobody else updates it before
 */
export async function claimStaleMessage(
  db: Queryable,
  now: Micros,
  until: Micros,
): Promise<StaleMessage | null> {
  const { rows } = await db.query<Row & Record<string, unknown>>({
    name: 'claim_stale_slack_message',
    text: `WITH next AS (
             SELECT message_id FROM slack_messages
             WHERE state = 'sent' AND parent_id IS NULL AND stale_since IS NOT NULL AND refresh_at <= $1
             ORDER BY urgency, stale_since LIMIT 1 FOR UPDATE SKIP LOCKED
           )
           UPDATE slack_messages m SET refresh_at = $2
           FROM next WHERE m.message_id = next.message_id
           RETURNING m.message_id, m.message_key, m.group_key, m.channel, m.ts, m.plain, m.refusals, m.wanted, m.shown_hash`,
    values: [formatIso8601(now), formatIso8601(until)],
  });
  const row = rows[0];
  if (row === undefined) return null;
  return {
    messageId: row.message_id,
    messageKey: row.message_key,
    groupKey: row.group_key,
    channel: row.channel,
    ts: row.ts,
    plain: row.plain,
    refusals: row.refusals,
    wanted: row.wanted,
    shownHash: row.shown_hash,
  };
}
