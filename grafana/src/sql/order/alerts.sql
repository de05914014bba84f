SELECT a.kind, a.severity, a.status, a.subject, a.opened_at, a.status_since, a.ops_operator AS operator,
       a.ops_note AS note, l.state AS slack_state, m.channel, replace(coalesce(m.ts, l.ts), '.', '') AS slack
FROM alerts_masked a
LEFT JOIN slack_alert_log l USING (alert_id)
LEFT JOIN slack_messages m USING (message_id)
WHERE a.order_id = ${order_id:sqlstring}
ORDER BY a.opened_at
