SELECT time_bucket(platform_grain($__timeFrom(), $__timeTo(), $__interval_ms), bucket) AS time, region AS metric,
       coalesce(sum(events) FILTER (WHERE event_type = 'DELIVERED'), 0)::float8 / sum(events) AS delivered
FROM (
    SELECT bucket, event_type, region, events FROM delivery_events_1m WHERE by_the_minute($__timeFrom(), $__timeTo()) AND $__timeFilter(bucket)
    UNION ALL
    SELECT bucket, event_type, region, events FROM delivery_events_1h WHERE NOT by_the_minute($__timeFrom(), $__timeTo()) AND $__timeFilter(bucket)
) AS counted
WHERE event_type IN ('DELIVERED', 'FAILED') AND region IN (${region:sqlstring})
GROUP BY 1, 2 ORDER BY 1, 2
