SELECT kind, status, severity, count(*) AS alerts,
       extract(epoch FROM now() - min(opened_at)) AS oldest,
       count(*) FILTER (WHERE snoozed_until > now()) AS snoozed
FROM alerts_masked WHERE status <> 'RESOLVED'
GROUP BY 1, 2, 3 ORDER BY 4 DESC
