import { formatIso8601 } from '../../domain/time/iso8601.ts';
import type { Micros } from '../../domain/time/micros.ts';
import type { Queryable } from '../../platform/database/database.ts';

/** A message in Slack that should still be looked after. */
export interface SweptMessage {
  messageId: number;
  messageKey: string;
  groupKey: string | null;
  channel: string;
  ts: string;
  plain: boolean;
  shown: number;
  shownHash: string | null;
  /** When it was found to be there. */
  postedAt: Micros;
}

interface Row {
  message_id: number;
  message_key: string;
  group_key: string | null;
  channel: string;
  ts: string;
  plain: boolean;
  shown: number;
  shown_hash: string | null;
  posted_at: Micros;
}

/** The newest messages that are unresolved, or were so after `finishedAfter`, and show what they should as far as we know. */
export async function readSweptMessages(
  db: Queryable,
  most: number,
  finishedAfter: Micros,
): Promise<SweptMessage[]> {
  const { rows } = await db.query<Row & Record<string, unknown>>({
    name: 'read_swept_slack_messages',
    text: `SELECT message_id, message_key, group_key, channel, ts, plain, shown, shown_hash, posted_at
           FROM slack_messages
           WHERE state = 'sent' AND parent_id IS NULL AND shown = wanted
             AND (finished_at IS NULL OR finished_at > $2)
           ORDER BY message_id DESC
           LIMIT $1`,
    values: [most, formatIso8601(finishedAfter)],
  });
  return rows.map((row) => ({
    messageId: row.message_id,
    messageKey: row.message_key,
    groupKey: row.group_key,
    channel: row.channel,
    ts: row.ts,
    plain: row.plain,
    shown: row.shown,
    shownHash: row.shown_hash,
    postedAt: row.posted_at,
  }));
}
