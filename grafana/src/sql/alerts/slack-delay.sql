SELECT time_bucket(greatest(($__interval_ms || ' milliseconds')::interval, INTERVAL '1 minute'), created_at) AS time,
       percentile_disc(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM posted_at - created_at)) AS "half",
       percentile_disc(0.95) WITHIN GROUP (ORDER BY extract(epoch FROM posted_at - created_at)) AS "95 %"
FROM slack_messages WHERE $__timeFilter(created_at) AND posted_at IS NOT NULL
GROUP BY 1 ORDER BY 1
