import { formatIso8601 } from '../../domain/time/iso8601.ts';
import type { Micros } from '../../domain/time/micros.ts';
import type { Queryable } from '../../platform/database/database.ts';

/** What becomes of a post that is not in Slack, or of which nobody knows. */
export interface UnsentPost {
  /** `gone`: a post in a thread that has nothing to say any more. */
  state: 'pending' | 'uncertain' | 'dead' | 'gone';
  /** Not to be touched before. */
  dueAt: Micros;
  /** As Slack or the network called it; null: nothing was wrong. */
  error: string | null;
  /** From now on words only. */
  plain: boolean;
  /** Times it was refused for good. */
  refusals: number;
}

/**
 * sending -> pending, uncertain, dead or gone.
 *
 * @param attempt the claim this is the outcome of; a later claim by somebody else is not touched
 */
export async function markSlackUnsent(
  db: Queryable,
  messageId: number,
  attempt: number,
  outcome: UnsentPost,
): Promise<boolean> {
  const { rowCount } = await db.query({
    name: 'mark_slack_unsent',
    text: `WITH unsent AS (
             UPDATE slack_messages SET
               state = $3, due_at = $4, last_error = $5, plain = $6, refusals = $7,
               doubted = doubted OR $3 = 'uncertain',
               first_attempt_at = CASE WHEN doubted OR $3 = 'uncertain' THEN first_attempt_at END
             WHERE message_id = $1 AND attempts = $2 AND state IN ('sending', 'uncertain')
             RETURNING message_id, state
           ),
           unsaid AS (
             DELETE FROM slack_replies WHERE post_id IN (SELECT message_id FROM unsent WHERE state = 'gone')
           )
           SELECT message_id FROM unsent`,
    values: [
      messageId,
      attempt,
      outcome.state,
      formatIso8601(outcome.dueAt),
      outcome.error,
      outcome.plain,
      outcome.refusals,
    ],
  });
  return rowCount === 1;
}
