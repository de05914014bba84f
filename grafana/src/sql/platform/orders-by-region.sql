SELECT time_bucket(platform_grain($__timeFrom(), $__timeTo(), $__interval_ms), bucket) AS time, region AS metric,
       sum(orders)::float8 * 3600 / extract(epoch FROM platform_grain($__timeFrom(), $__timeTo(), $__interval_ms))::float8 AS orders
FROM (
    SELECT bucket, kind, region, orders FROM order_facts_1m WHERE by_the_minute($__timeFrom(), $__timeTo()) AND $__timeFilter(bucket)
    UNION ALL
    SELECT bucket, kind, region, orders FROM order_facts_1h WHERE NOT by_the_minute($__timeFrom(), $__timeTo()) AND $__timeFilter(bucket)
) AS counted
WHERE kind = 'CREATED' AND region IN (${region:sqlstring})
GROUP BY 1, 2 ORDER BY 1, 2
