SELECT state, count(*) AS alerts, extract(epoch FROM now() - min(created_at)) AS oldest, max(attempts) AS most_attempts
FROM slack_alert_log WHERE state <> 'sent'
GROUP BY 1 ORDER BY 1
