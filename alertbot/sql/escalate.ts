import { formatIso8601 } from '../../domain/time/iso8601.ts';
import { type Micros, SECOND } from '../../domain/time/micros.ts';
import type { Queryable } from '../../platform/database/database.ts';
import { unansweredAlerts } from './unanswered-alerts.ts';

/**
 * Escalates critical alerts that are still OPEN after `after`, once; again only when they have become OPEN again.
 *
 * @returns how many alerts were escalated
 */
export async function escalate(db: Queryable, after: Micros, now: Micros): Promise<number> {
  const { rowCount } = await db.query({
    name: 'escalate_alerts',
    text: `WITH ${unansweredAlerts(`'critical'`, `$2::float8 * INTERVAL '1 second'`)},
           kept AS (
             INSERT INTO slack_follow_ups AS f (alert_id, open_since, reminders, escalated_at)
             SELECT alert_id, open_since, 0, $1 FROM unanswered
             WHERE open_since <= $1::timestamptz - $2::float8 * INTERVAL '1 second'
             ORDER BY alert_id
             ON CONFLICT (alert_id) DO UPDATE SET
               open_since = excluded.open_since, escalated_at = excluded.escalated_at,
               reminders = CASE WHEN f.open_since = excluded.open_since THEN f.reminders ELSE 0 END
             WHERE f.open_since < excluded.open_since OR (f.open_since = excluded.open_since AND f.escalated_at IS NULL)
             RETURNING alert_id
           )
           INSERT INTO slack_replies (alert_id, at, action, source, status_before, status_after)
           SELECT alert_id, $1, 'ESCALATE', 'auto', status, status FROM kept JOIN unanswered USING (alert_id)`,
    values: [formatIso8601(now), after / SECOND],
  });
  return rowCount ?? 0;
}
