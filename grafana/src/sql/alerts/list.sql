SELECT a.opened_at, a.kind, a.severity, a.status, a.subject, a.order_id, extract(epoch FROM now() - a.status_since) AS in_status,
       a.ops_operator AS operator, a.ops_note AS note, a.group_key, l.state AS slack_state, m.channel,
       replace(coalesce(m.ts, l.ts), '.', '') AS slack
FROM (
    SELECT * FROM alerts_masked
    WHERE $__timeFilter(opened_at) AND status IN (${alert_status:sqlstring}) AND kind IN (${kind:sqlstring})
    ORDER BY opened_at DESC LIMIT 200
) a
LEFT JOIN slack_alert_log l USING (alert_id)
LEFT JOIN slack_messages m USING (message_id)
ORDER BY a.opened_at DESC
