/**
 * SQL, for a WITH: alerts that are OPEN, not snoozed and in Slack, with `open_since`: since when people in Slack could
 * have reacted and did not. $1 is now; rows younger than the interval `least` are left out.
 *
 * The latest UNSNOOZE is looked up for the few that are old enough without it, because it is in a hypertable.
 */
export function unansweredAlerts(severities: string, least: string): string {
  return `waiting AS MATERIALIZED (
            SELECT a.alert_id, a.status,
                   greatest(m.posted_at, CASE WHEN a.previous_status IS NOT NULL THEN a.status_since END) AS open_since
            FROM alerts a
            JOIN slack_alert_log l USING (alert_id)
            JOIN slack_messages m USING (message_id)
            WHERE a.status = 'OPEN' AND a.severity IN (${severities}) AND m.state = 'sent'
              AND (a.snoozed_until IS NULL OR a.snoozed_until <= $1)
          ),
          unanswered AS MATERIALIZED (
            SELECT w.alert_id, w.status, greatest(w.open_since, woken.at) AS open_since
            FROM waiting w
            LEFT JOIN LATERAL (
              SELECT max(at) AS at FROM alert_actions d WHERE d.alert_id = w.alert_id AND d.action = 'UNSNOOZE'
            ) woken ON true
            WHERE w.open_since <= $1::timestamptz - ${least}
          )`;
}
