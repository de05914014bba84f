SELECT region, sum(orders) AS orders
FROM (
    SELECT region, orders FROM deliveries_1h
    WHERE $__interval_ms < 300000 AND $__timeFilter(bucket) AND region IN (${region:sqlstring})
    UNION ALL
    SELECT region, orders FROM deliveries_1d
    WHERE $__interval_ms >= 300000 AND $__timeFilter(bucket) AND region IN (${region:sqlstring})
) AS counted
GROUP BY 1 ORDER BY 2 DESC LIMIT 20
