WITH bins AS (
    SELECT time, delay_bin, sum(sum(records)) OVER (PARTITION BY time ORDER BY delay_bin) AS up_to,
           sum(sum(records)) OVER (PARTITION BY time) AS total
    FROM (
        SELECT bucket AS time, delay_bin, records FROM delays_30m
        WHERE $__interval_ms < 300000 AND $__timeFilter(bucket)
        UNION ALL
        SELECT bucket, delay_bin, records FROM delays_1h
        WHERE $__interval_ms >= 300000 AND $__interval_ms < 1800000 AND $__timeFilter(bucket)
        UNION ALL
        SELECT bucket, delay_bin, records FROM delays_1d
        WHERE $__interval_ms >= 1800000 AND $__timeFilter(bucket)
    ) AS counted
    GROUP BY time, delay_bin
)
SELECT time,
       bin_seconds(min(delay_bin) FILTER (WHERE up_to >= 0.5 * total)) AS "half of the events",
       bin_seconds(min(delay_bin) FILTER (WHERE up_to >= 0.95 * total)) AS "95 %",
       bin_seconds(min(delay_bin) FILTER (WHERE up_to >= 0.99 * total)) AS "99 %"
FROM bins GROUP BY time ORDER BY time
