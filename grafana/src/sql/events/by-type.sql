SELECT time_bucket(dashboard_grain($__interval_ms), bucket) AS time, event_type AS metric,
       sum(events) * 60 / date_part('epoch', dashboard_grain($__interval_ms)) AS events
FROM (
    SELECT bucket, event_type, events FROM events_1m
    WHERE $__interval_ms < 300000 AND $__timeFilter(bucket)
    UNION ALL
    SELECT bucket, event_type, events FROM events_30m
    WHERE $__interval_ms >= 300000 AND $__interval_ms < 1800000 AND $__timeFilter(bucket)
    UNION ALL
    SELECT bucket, event_type, events FROM events_1h
    WHERE $__interval_ms >= 1800000 AND $__timeFilter(bucket)
) AS counted
WHERE event_type IN (${event_type:sqlstring})
GROUP BY 1, 2 ORDER BY 1
