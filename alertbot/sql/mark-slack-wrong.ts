import { formatIso8601 } from '../../domain/time/iso8601.ts';
import type { Micros } from '../../domain/time/micros.ts';
import type { Queryable } from '../../platform/database/database.ts';
import type { SweptMessage } from './read-swept-messages.ts';

/** Messages that Slack does not show as it should: they are given to it again, unless somebody did so meanwhile. */
export async function markSlackWrong(
  db: Queryable,
  messages: readonly Pick<SweptMessage, 'messageId' | 'shown'>[],
  now: Micros,
): Promise<void> {
  if (messages.length === 0) return;
  await db.query({
    name: 'mark_slack_wrong',
    text: `UPDATE slack_messages m SET wanted = m.wanted + 1, stale_since = coalesce(m.stale_since, $2), shown_hash = NULL
           FROM jsonb_array_elements($1::jsonb) AS seen
           WHERE m.message_id = (seen->>0)::bigint AND m.shown = (seen->>1)::integer AND m.wanted = m.shown
             AND m.state = 'sent'`,
    values: [JSON.stringify(messages.map((m) => [m.messageId, m.shown])), formatIso8601(now)],
  });
}
