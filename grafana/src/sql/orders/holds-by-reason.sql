SELECT time_bucket(greatest(($__interval_ms || ' milliseconds')::interval, INTERVAL '30 minutes'), opened_at) AS time,
       reason_code AS metric, count(*) AS holds
FROM holds_masked WHERE $__timeFilter(opened_at)
GROUP BY 1, 2 ORDER BY 1
