SELECT time,
       sum(orders) FILTER (WHERE hours <= 1) AS "1 h",
       sum(orders) FILTER (WHERE hours > 1 AND hours <= 4) AS "4 h",
       sum(orders) FILTER (WHERE hours > 4 AND hours <= 12) AS "12 h",
       sum(orders) FILTER (WHERE hours > 12 AND hours <= 24) AS "1 day",
       sum(orders) FILTER (WHERE hours > 24 AND hours <= 48) AS "2 days",
       sum(orders) FILTER (WHERE hours > 48 AND hours <= 72) AS "3 days",
       sum(orders) FILTER (WHERE hours > 72 AND hours <= 168) AS "7 days",
       sum(orders) FILTER (WHERE hours > 168) AS "more"
FROM (
    SELECT bucket AS time, orders, bin_seconds(bin) / 3600 AS hours FROM lead_times_1h
    WHERE $__interval_ms < 300000 AND $__timeFilter(bucket) AND leg = ${leg:sqlstring}
    UNION ALL
    SELECT bucket, orders, bin_seconds(bin) / 3600 FROM lead_times_1d
    WHERE $__interval_ms >= 300000 AND $__timeFilter(bucket) AND leg = ${leg:sqlstring}
) AS counted
GROUP BY time ORDER BY time
