WITH bins AS (
    SELECT time, leg, bin, sum(sum(orders)) OVER (PARTITION BY time, leg ORDER BY bin) AS up_to,
           sum(sum(orders)) OVER (PARTITION BY time, leg) AS total
    FROM (
        SELECT bucket AS time, leg, bin, orders
        FROM lead_times_1h WHERE $__interval_ms < 300000 AND $__timeFilter(bucket)
        UNION ALL
        SELECT bucket, leg, bin, orders
        FROM lead_times_1d WHERE $__interval_ms >= 300000 AND $__timeFilter(bucket)
    ) AS counted
    GROUP BY time, leg, bin
)
SELECT time, leg AS metric, bin_seconds(min(bin)) AS p95
FROM bins WHERE up_to >= 0.95 * total
GROUP BY time, leg ORDER BY time
