SELECT time_bucket(dashboard_grain($__interval_ms), bucket) AS time,
       sum(errors)::float8 / nullif(sum(events), 0) AS "with a reason code"
FROM (
    SELECT bucket, events, errors FROM events_1m
    WHERE $__interval_ms < 300000 AND $__timeFilter(bucket)
    UNION ALL
    SELECT bucket, events, errors FROM events_30m
    WHERE $__interval_ms >= 300000 AND $__interval_ms < 1800000 AND $__timeFilter(bucket)
    UNION ALL
    SELECT bucket, events, errors FROM events_1h
    WHERE $__interval_ms >= 1800000 AND $__timeFilter(bucket)
) AS counted
GROUP BY 1 ORDER BY 1
