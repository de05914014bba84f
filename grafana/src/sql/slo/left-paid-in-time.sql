SELECT sum(orders) FILTER (WHERE bin_seconds(bin) <= $late_minutes * 60)::float8 / nullif(sum(orders), 0) AS "in time"
FROM (
    SELECT bin, orders FROM lead_times_1h
    WHERE $__interval_ms < 300000 AND $__timeFilter(bucket) AND leg = 'paid to picking'
    UNION ALL
    SELECT bin, orders FROM lead_times_1d
    WHERE $__interval_ms >= 300000 AND $__timeFilter(bucket) AND leg = 'paid to picking'
) AS counted
