SELECT i.incident_id, i.opened_at, i.closed_at, i.severity, CASE WHEN i.closed_at IS NULL THEN 'OPEN' ELSE 'OVER' END AS state,
       coalesce((SELECT string_agg(key || ' ' || value, ', ' ORDER BY key) FROM jsonb_each_text(i.scope)), '') AS place,
       coalesce(i.cause, 'being looked into') AS cause, coalesce(a.status, '') AS alert,
       coalesce(a.ops_operator, '') AS operator, m.channel, replace(coalesce(m.ts, l.ts), '.', '') AS slack,
       floor(extract(epoch FROM i.opened_at - INTERVAL '6 hours') * 1000)::text AS from_ms,
       ceil(extract(epoch FROM coalesce(i.closed_at, i.updated_at) + INTERVAL '3 hours') * 1000)::text AS to_ms
FROM incidents i
LEFT JOIN alerts_masked a ON a.dedup_key = i.alert_key
LEFT JOIN slack_alert_log l USING (alert_id)
LEFT JOIN slack_messages m USING (message_id)
WHERE CASE WHEN ${incident:sqlstring} = '' THEN i.opened_at <= $__timeTo() ELSE i.incident_id = ${incident:sqlstring} END
ORDER BY coalesce(i.closed_at > $__timeTo(), true) DESC, i.opened_at DESC, i.incident_id LIMIT 1
