WITH bins AS (
    SELECT time, stage, bin, sum(sum(orders)) OVER (PARTITION BY time, stage ORDER BY bin) AS up_to,
           sum(sum(orders)) OVER (PARTITION BY time, stage) AS total
    FROM (
        SELECT time_bucket(dashboard_days($__timeFrom(), $__timeTo()), bucket) AS time, stage, bin, orders
        FROM stage_times_1d
        WHERE bucket >= time_bucket('1 day', $__timeFrom()::timestamptz) AND bucket <= $__timeTo()
    ) AS counted
    GROUP BY time, stage, bin
)
SELECT time, stage AS metric, bin_seconds(min(bin)) / 86400 AS p95
FROM bins WHERE up_to >= 0.95 * total
GROUP BY time, stage ORDER BY time
