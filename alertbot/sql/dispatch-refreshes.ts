import { formatIso8601 } from '../../domain/time/iso8601.ts';
import type { Micros } from '../../domain/time/micros.ts';
import type { Queryable } from '../../platform/database/database.ts';

/**
 * Moves changed alerts from the in-tray to the messages that show them. An unsent message needs nothing: it is drawn
 * after it is claimed, from what the database says then.
 *
 * @returns how many changes left the in-tray
 */
export async function dispatchRefreshes(db: Queryable, most: number, now: Micros): Promise<number> {
  const { rows } = await db.query<{ taken: number }>({
    name: 'dispatch_slack_refreshes',
    text: `WITH taken AS (
             DELETE FROM slack_refresh WHERE refresh_id IN (SELECT refresh_id FROM slack_refresh ORDER BY refresh_id LIMIT $1)
             RETURNING alert_id
           ),
           stale AS (
             UPDATE slack_messages SET wanted = wanted + 1, stale_since = coalesce(stale_since, $2)
             WHERE state IN ('sending', 'uncertain', 'sent') AND message_id IN (
               SELECT l.message_id FROM taken JOIN slack_alert_log l USING (alert_id))
           )
           SELECT count(*) AS taken FROM taken`,
    values: [most, formatIso8601(now)],
  });
  return rows[0]?.taken ?? 0;
}
