-- What is not transit is acceptance, cooking, and waiting for a rider.
SELECT time_bucket(platform_grain($__timeFrom(), $__timeTo(), $__interval_ms), bucket) AS time,
       ((sum(total_seconds) - sum(transit_seconds)) / nullif(sum(totals), 0))::float8 AS "until hand-over",
       (sum(transit_seconds) / nullif(sum(transits), 0))::float8 AS transit
FROM (
    SELECT bucket, kind, region, total_seconds, totals, transit_seconds, transits FROM order_facts_1m
    WHERE by_the_minute($__timeFrom(), $__timeTo()) AND $__timeFilter(bucket)
    UNION ALL
    SELECT bucket, kind, region, total_seconds, totals, transit_seconds, transits FROM order_facts_1h
    WHERE NOT by_the_minute($__timeFrom(), $__timeTo()) AND $__timeFilter(bucket)
) AS counted
WHERE kind = 'DELIVERED' AND region IN (${region:sqlstring})
GROUP BY 1 ORDER BY 1
