import { formatIso8601 } from '../../domain/time/iso8601.ts';
import { type Micros, SECOND } from '../../domain/time/micros.ts';
import type { Queryable } from '../../platform/database/database.ts';
import { unansweredAlerts } from './unanswered-alerts.ts';

/**
 * Reminds of critical alerts and warnings that nobody has acknowledged: after `after`, and then each time after twice as
 * long as the time before. Periods that passed while nobody was there to remind count once.
 *
 * The period and what is to be said are written in one statement, so of two alertbots one says it, and a restart
 * repeats nothing.
 *
 * @returns how many alerts were reminded of
 */
export async function remind(db: Queryable, after: Micros, now: Micros): Promise<number> {
  const { rowCount } = await db.query({
    name: 'remind_of_alerts',
    // After n periods 2^n - 1 times the first have passed.
    text: `WITH ${unansweredAlerts(`'critical', 'warning'`, `$2::float8 * INTERVAL '1 second'`)},
           counted AS (
             SELECT alert_id, status, open_since,
                    floor(log(2, (extract(epoch FROM $1 - open_since) / $2 + 1)::numeric) + 1e-9)::integer AS periods
             FROM unanswered
           ),
           kept AS (
             INSERT INTO slack_follow_ups AS f (alert_id, open_since, reminders)
             SELECT alert_id, open_since, periods FROM counted WHERE periods > 0 ORDER BY alert_id
             ON CONFLICT (alert_id) DO UPDATE SET
               open_since = excluded.open_since, reminders = excluded.reminders,
               escalated_at = CASE WHEN f.open_since = excluded.open_since THEN f.escalated_at END
             WHERE (f.open_since, f.reminders) < (excluded.open_since, excluded.reminders)
             RETURNING alert_id
           )
           INSERT INTO slack_replies (alert_id, at, action, source, status_before, status_after)
           SELECT alert_id, $1, 'REMIND', 'auto', status, status FROM kept JOIN counted USING (alert_id)`,
    values: [formatIso8601(now), after / SECOND],
  });
  return rowCount ?? 0;
}
