SELECT time_bucket(platform_grain($__timeFrom(), $__timeTo(), $__interval_ms), bucket) AS time, region AS metric,
       (sum(total_seconds) / nullif(sum(totals), 0))::float8 AS seconds
FROM (
    SELECT bucket, kind, region, total_seconds, totals FROM order_facts_1m
    WHERE by_the_minute($__timeFrom(), $__timeTo()) AND $__timeFilter(bucket)
    UNION ALL
    SELECT bucket, kind, region, total_seconds, totals FROM order_facts_1h
    WHERE NOT by_the_minute($__timeFrom(), $__timeTo()) AND $__timeFilter(bucket)
) AS counted
WHERE kind = 'DELIVERED' AND region IN (${region:sqlstring})
GROUP BY 1, 2 ORDER BY 1, 2
