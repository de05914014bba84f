import { formatIso8601 } from '../../domain/time/iso8601.ts';
import type { Micros } from '../../domain/time/micros.ts';
import type { Queryable } from '../../platform/database/database.ts';

/** Slack is there again: what is uncertain in a channel is looked for now, not when it would be its turn. */
export async function hastenDoubts(db: Queryable, target: string, now: Micros): Promise<void> {
  await db.query({
    name: 'hasten_slack_doubts',
    text: `UPDATE slack_messages SET due_at = $2 WHERE target = $1 AND state = 'uncertain' AND due_at > $2`,
    values: [target, formatIso8601(now)],
  });
}
