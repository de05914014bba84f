-- Those that began in the chosen time, and those that lasted into it.
SELECT i.incident_id, i.opened_at, i.severity, CASE WHEN i.closed_at IS NULL THEN 'OPEN' ELSE 'OVER' END AS state,
       coalesce(i.scope->>'region', '') AS region,
       coalesce(i.scope->>'restaurant', i.scope->>'method', '') AS "restaurant or method",
       coalesce(i.cause, 'being looked into') AS cause,
       (SELECT max((c->>'probability')::float8) FROM jsonb_array_elements(i.causes) AS c WHERE c->>'cause' = i.cause) AS probability,
       extract(epoch FROM coalesce(i.closed_at, i.updated_at) - i.opened_at)::float8 AS lasted,
       cardinality(i.findings)::float8 AS findings,
       done.actions::float8 AS actions, done.waiting::float8 AS waiting,
       coalesce(a.status, '') AS alert, m.channel, replace(coalesce(m.ts, l.ts), '.', '') AS slack
FROM incidents i
LEFT JOIN LATERAL (
    SELECT count(*) AS actions, count(*) FILTER (WHERE status = 'PROPOSED') AS waiting
    FROM actions_masked WHERE incident_id = i.incident_id
) AS done ON true
LEFT JOIN alerts_masked a ON a.dedup_key = i.alert_key
LEFT JOIN slack_alert_log l USING (alert_id)
LEFT JOIN slack_messages m USING (message_id)
WHERE i.opened_at <= $__timeTo() AND (i.closed_at IS NULL OR i.closed_at >= $__timeFrom())
  AND coalesce(i.cause, 'being looked into') IN (${cause:sqlstring})
ORDER BY i.opened_at DESC, i.incident_id LIMIT 200
