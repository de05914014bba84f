SELECT time_bucket(CASE WHEN $__interval_ms < 600000 THEN INTERVAL '1 hour' ELSE dashboard_days($__timeFrom(), $__timeTo()) END, occurred_at) AS time,
       event_type AS metric, sum(quantity)::float8 AS pieces
FROM inventory_events
WHERE $__timeFilter(occurred_at)
GROUP BY 1, 2 ORDER BY 1, 2
