import { formatIso8601 } from '../../domain/time/iso8601.ts';
import type { Micros } from '../../domain/time/micros.ts';
import type { Queryable } from '../../platform/database/database.ts';

/** What a message shows since it was updated. */
export interface ShownMessage {
  messageId: number;
  /** What was `wanted` when it was drawn. */
  shown: number;
  hash: string;
  /** All it shows is resolved. */
  finished: boolean;
}

/**
 * The message shows this now. When nothing has joined it since, all its alerts have reached Slack.
 *
 * @param pauseUntil not to be updated again before
 */
export async function markSlackShown(
  db: Queryable,
  message: ShownMessage,
  now: Micros,
  pauseUntil: Micros,
): Promise<void> {
  await db.query({
    name: 'mark_slack_shown',
    text: `WITH shown AS (
             UPDATE slack_messages SET
               shown = greatest(shown, $2), shown_hash = $3, refresh_at = $6, refusals = 0, last_error = NULL,
               stale_since = CASE WHEN $2 = wanted THEN NULL ELSE stale_since END,
               finished_at = CASE WHEN $4 THEN coalesce(finished_at, $5::timestamptz) END
             WHERE message_id = $1 AND state = 'sent'
             RETURNING message_id, ts, shown = wanted AS complete
           )
           UPDATE slack_alert_log l SET state = 'sent', ts = shown.ts, send_status = 'ok', updated_at = now()
           FROM shown WHERE shown.complete AND l.message_id = shown.message_id AND l.state <> 'sent'`,
    values: [
      message.messageId,
      message.shown,
      message.hash,
      message.finished,
      formatIso8601(now),
      formatIso8601(pauseUntil),
    ],
  });
}
