import { formatIso8601 } from '../../domain/time/iso8601.ts';
import type { Micros } from '../../domain/time/micros.ts';
import type { Queryable } from '../../platform/database/database.ts';

/** Slack did not say whether these are there: they are looked for again, not before `until`. */
export async function postponeDoubts(
  db: Queryable,
  messageIds: readonly number[],
  until: Micros,
  error: string,
): Promise<void> {
  await db.query({
    name: 'postpone_slack_doubts',
    text: `UPDATE slack_messages SET due_at = $2, last_error = $3 WHERE message_id = ANY($1) AND state = 'uncertain'`,
    values: [messageIds, formatIso8601(until), error],
  });
}
