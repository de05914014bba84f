INSERT INTO slack_alert_log (alert_id, state, ts, attempts, created_at)
SELECT alert_id, CASE WHEN alert_id % 400 = 0 THEN 'pending' ELSE 'sent' END, extract(epoch FROM opened_at)::numeric(20, 6)::text, 1, opened_at
FROM alerts
