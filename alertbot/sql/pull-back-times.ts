import { formatIso8601 } from '../../domain/time/iso8601.ts';
import type { Micros } from '../../domain/time/micros.ts';
import type { Queryable } from '../../platform/database/database.ts';

/** Messages that are due later than `furthest` become due `soon`. */
export async function pullBackTimes(
  db: Queryable,
  { soon, furthest }: { soon: Micros; furthest: Micros },
): Promise<number> {
  const { rowCount } = await db.query({
    name: 'pull_back_slack_times',
    text: `UPDATE slack_messages
           SET due_at = least(due_at, $1::timestamptz), refresh_at = least(refresh_at, $1::timestamptz)
           WHERE (state IN ('pending', 'sending', 'uncertain') AND due_at > $2::timestamptz)
              OR (state = 'sent' AND stale_since IS NOT NULL AND refresh_at > $2::timestamptz)`,
    values: [formatIso8601(soon), formatIso8601(furthest)],
  });
  return rowCount ?? 0;
}
