SELECT time_bucket(platform_grain($__timeFrom(), $__timeTo(), $__interval_ms), bucket) AS time, region AS metric,
       coalesce(sum(orders) FILTER (WHERE kind = 'CANCELED'), 0)::float8
           / nullif(sum(orders) FILTER (WHERE kind = 'CREATED'), 0) AS canceled
FROM (
    SELECT bucket, kind, region, orders FROM order_facts_1m WHERE by_the_minute($__timeFrom(), $__timeTo()) AND $__timeFilter(bucket)
    UNION ALL
    SELECT bucket, kind, region, orders FROM order_facts_1h WHERE NOT by_the_minute($__timeFrom(), $__timeTo()) AND $__timeFilter(bucket)
) AS counted
WHERE region IN (${region:sqlstring})
GROUP BY 1, 2 ORDER BY 1, 2
