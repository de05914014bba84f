-- Twenty incidents a day, each of three findings and two actions.
WITH opened AS (
    SELECT i, 'INC-' || i AS incident_id, now() - make_interval(days => $2::int) * random() AS at FROM generate_series(1, 20 * $2::int) AS i
),
told AS (
    INSERT INTO incidents (incident_id, opened_at, closed_at, updated_at, scope, severity, cause, causes, findings, series_keys, alert_key)
    SELECT incident_id, at, at + INTERVAL '1 hour', at + INTERVAL '1 hour', '{"region": "Seoul"}', 'warning', 'RIDERS_SHORT',
           '[{"cause": "RIDERS_SHORT", "probability": 0.8, "evidence": []}]', '{}', '{}', 'ANOMALY/' || i
    FROM opened
),
done AS (
    INSERT INTO actions (at, action_id, action, status, target, request, receiver, incident_id, cause, sent_at, effect)
    SELECT at, incident_id || action, action, 'DONE', 'region=Seoul', '{}', 'platform', incident_id, 'RIDERS_SHORT', at,
           '{"series_key": "orders|region=Seoul", "ratio_before": 0.5, "returned_after_seconds": 1800, "untreated_seconds": 3600}'
    FROM opened, unnest(ARRAY['RIDER_INCENTIVE', 'PROMISE_ADJUST']) AS action
)
INSERT INTO anomalies (at, series_key, score, severity, observed, expected, finding_id, noticed_at, ended_at, metric, dimension, value,
                       direction, deviation, peak_at, observed_sum, expected_sum, steps, incident_id, updated_at)
SELECT at, metric || '|region=Seoul', 0.8, 'warning', 10, 22, metric || i, at, at + INTERVAL '1 hour', metric, 'region', 'Seoul', 'DOWN', -6,
       at, 100, 220, 12, incident_id, at + INTERVAL '1 hour'
FROM opened, unnest(ARRAY['orders', 'riders_online', 'riders_idle']) AS metric
