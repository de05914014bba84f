SELECT time_bucket(platform_grain($__timeFrom(), $__timeTo(), $__interval_ms), bucket) AS time, region AS metric,
       (sum(prep_seconds) / nullif(sum(preparations), 0))::float8 AS seconds
FROM (
    SELECT bucket, region, prep_seconds, preparations FROM restaurants_1m WHERE by_the_minute($__timeFrom(), $__timeTo()) AND $__timeFilter(bucket)
    UNION ALL
    SELECT bucket, region, prep_seconds, preparations FROM restaurants_1h WHERE NOT by_the_minute($__timeFrom(), $__timeTo()) AND $__timeFilter(bucket)
) AS counted
WHERE region IN (${region:sqlstring})
GROUP BY 1, 2 HAVING sum(preparations) > 0 ORDER BY 1, 2
