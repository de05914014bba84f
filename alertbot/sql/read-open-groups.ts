import { formatIso8601 } from '../../domain/time/iso8601.ts';
import type { Micros } from '../../domain/time/micros.ts';
import type { Queryable } from '../../platform/database/database.ts';

/** A group message that further alerts may join. */
export interface OpenGroup {
  messageId: number;
  groupKey: string;
  home: string;
  urgency: number;
  members: number;
}

interface Row {
  message_id: number;
  group_key: string;
  home: string;
  urgency: number;
  members: number;
}

/**
 * Groups of these keys that are young, not full, and not all resolved; the newest of each key and channel first. They
 * are locked, so that none of them goes meanwhile.
 *
 * @param limits younger than `created`, with a member younger than `joined`, and fewer than `members` of them
 */
export async function readOpenGroups(
  db: Queryable,
  groupKeys: readonly string[],
  limits: { created: Micros; joined: Micros; members: number },
): Promise<OpenGroup[]> {
  if (groupKeys.length === 0) return [];
  const { rows } = await db.query<Row & Record<string, unknown>>({
    name: 'read_open_slack_groups',
    text: `SELECT message_id, group_key, home, urgency, members
           FROM slack_messages
           WHERE group_key = ANY($1) AND state IN ('pending', 'sending', 'uncertain', 'sent')
             AND created_at > $2 AND joined_at > $3 AND members < $4 AND finished_at IS NULL
           ORDER BY message_id DESC
           FOR NO KEY UPDATE`,
    values: [groupKeys, formatIso8601(limits.created), formatIso8601(limits.joined), limits.members],
  });
  return rows.map((row) => ({
    messageId: row.message_id,
    groupKey: row.group_key,
    home: row.home,
    urgency: row.urgency,
    members: row.members,
  }));
}
