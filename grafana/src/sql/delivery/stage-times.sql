WITH bins AS (
    SELECT stage, bin, sum(sum(orders)) OVER (PARTITION BY stage ORDER BY bin) AS up_to,
           sum(sum(orders)) OVER (PARTITION BY stage) AS total
    FROM stage_times_1d
    WHERE bucket >= time_bucket('1 day', $__timeFrom()::timestamptz) AND bucket <= $__timeTo()
    GROUP BY stage, bin
)
SELECT s.stage, max(total)::bigint AS orders,
       bin_seconds(min(bin) FILTER (WHERE up_to >= 0.5 * total)) AS p50,
       bin_seconds(min(bin) FILTER (WHERE up_to >= 0.95 * total)) AS p95,
       bin_seconds(min(bin) FILTER (WHERE up_to >= 0.99 * total)) AS p99
FROM bins JOIN delivery_stages s USING (stage)
GROUP BY s.position, s.stage ORDER BY s.position
