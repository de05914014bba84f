SELECT p.at, p.expires_at, p.action, p.target, coalesce(p.cause, '') AS cause, p.incident_id, coalesce(p.note, '') AS note,
       coalesce(a.status, '') AS alert, m.channel, replace(coalesce(m.ts, l.ts), '.', '') AS slack
FROM actions_masked p
LEFT JOIN alerts_masked a ON a.dedup_key = p.alert_key
LEFT JOIN slack_alert_log l USING (alert_id)
LEFT JOIN slack_messages m USING (message_id)
WHERE p.status = 'PROPOSED'
ORDER BY p.expires_at, p.at LIMIT 50
