SELECT time_bucket(platform_grain($__timeFrom(), $__timeTo(), $__interval_ms), bucket) AS time, region AS metric,
       sum(score)::float8 / nullif(sum(orders), 0) AS score
FROM (
    SELECT bucket, kind, region, score, orders FROM order_facts_1m WHERE by_the_minute($__timeFrom(), $__timeTo()) AND $__timeFilter(bucket)
    UNION ALL
    SELECT bucket, kind, region, score, orders FROM order_facts_1h WHERE NOT by_the_minute($__timeFrom(), $__timeTo()) AND $__timeFilter(bucket)
) AS counted
WHERE kind = 'REVIEWED' AND region IN (${region:sqlstring})
GROUP BY 1, 2 ORDER BY 1, 2
