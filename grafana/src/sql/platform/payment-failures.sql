SELECT time_bucket(platform_grain($__timeFrom(), $__timeTo(), $__interval_ms), bucket) AS time, coalesce(method, 'unknown') AS metric,
       coalesce(sum(events) FILTER (WHERE event_type = 'FAILED'), 0)::float8 / sum(events) AS failed
FROM (
    SELECT bucket, event_type, region, method, events FROM payments_1m WHERE by_the_minute($__timeFrom(), $__timeTo()) AND $__timeFilter(bucket)
    UNION ALL
    SELECT bucket, event_type, region, method, events FROM payments_1h WHERE NOT by_the_minute($__timeFrom(), $__timeTo()) AND $__timeFilter(bucket)
) AS counted
WHERE event_type IN ('APPROVED', 'FAILED') AND region IN (${region:sqlstring}, 'unknown')
GROUP BY 1, 2 ORDER BY 1, 2
