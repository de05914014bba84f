SELECT bucket AS time, sum(delayed)::float8 / nullif(sum(promised), 0) AS "delivered after the promise"
FROM (
    SELECT bucket, delayed, promised FROM deliveries_1h WHERE $__interval_ms < 300000 AND $__timeFilter(bucket)
    UNION ALL
    SELECT bucket, delayed, promised FROM deliveries_1d WHERE $__interval_ms >= 300000 AND $__timeFilter(bucket)
) AS counted
GROUP BY 1 ORDER BY 1
