WITH bins AS (
    SELECT leg, bin, sum(sum(orders)) OVER (PARTITION BY leg ORDER BY bin) AS up_to,
           sum(sum(orders)) OVER (PARTITION BY leg) AS total
    FROM (
        SELECT leg, bin, orders FROM lead_times_1h WHERE $__interval_ms < 300000 AND $__timeFilter(bucket)
        UNION ALL
        SELECT leg, bin, orders FROM lead_times_1d WHERE $__interval_ms >= 300000 AND $__timeFilter(bucket)
    ) AS counted
    GROUP BY leg, bin
)
SELECT l.leg, max(total)::bigint AS orders,
       bin_seconds(min(bin) FILTER (WHERE up_to >= 0.5 * total)) AS p50,
       bin_seconds(min(bin) FILTER (WHERE up_to >= 0.95 * total)) AS p95,
       bin_seconds(min(bin) FILTER (WHERE up_to >= 0.99 * total)) AS p99
FROM bins JOIN order_legs l USING (leg)
GROUP BY l.position, l.leg ORDER BY l.position
