import { formatIso8601 } from '../../domain/time/iso8601.ts';
import type { Micros } from '../../domain/time/micros.ts';
import type { Queryable } from '../../platform/database/database.ts';

/** A message that could not be updated now. */
export interface PostponedRefresh {
  messageId: number;
  /** Not to be tried again before. */
  until: Micros;
  error: string;
  plain: boolean;
  refusals: number;
}

export async function postponeRefresh(db: Queryable, postponed: PostponedRefresh): Promise<void> {
  await db.query({
    name: 'postpone_slack_refresh',
    text: `UPDATE slack_messages SET refresh_at = $2, last_error = $3, plain = $4, refusals = $5
           WHERE message_id = $1 AND state = 'sent'`,
    values: [
      postponed.messageId,
      formatIso8601(postponed.until),
      postponed.error,
      postponed.plain,
      postponed.refusals,
    ],
  });
}
