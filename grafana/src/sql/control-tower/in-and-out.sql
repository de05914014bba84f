-- The same rollups twice: as they are, and those of a week before moved to now.
SELECT time_bucket(dashboard_grain($__interval_ms), bucket) AS time,
       coalesce(sum(a_minute) FILTER (WHERE kind = 'order_created' AND NOT before), 0) AS "in",
       coalesce(sum(a_minute) FILTER (WHERE kind = 'order_shipped' AND NOT before), 0) AS "out",
       coalesce(sum(a_minute) FILTER (WHERE kind = 'order_created' AND before), 0) AS "in, a week before"
FROM (
    SELECT bucket, kind, before, delta * 60 / date_part('epoch', dashboard_grain($__interval_ms)) AS a_minute
    FROM (
        SELECT bucket, kind, delta, false AS before FROM state_deltas_1m
        WHERE $__interval_ms < 300000 AND $__timeFilter(bucket)
        UNION ALL
        SELECT bucket, kind, delta, false FROM state_deltas_30m
        WHERE $__interval_ms >= 300000 AND $__interval_ms < 1800000 AND $__timeFilter(bucket)
        UNION ALL
        SELECT bucket, kind, delta, false FROM state_deltas_1h
        WHERE $__interval_ms >= 1800000 AND $__timeFilter(bucket)
        UNION ALL
        SELECT bucket + INTERVAL '7 days', kind, delta, true FROM state_deltas_1m
        WHERE $__interval_ms < 300000
          AND bucket BETWEEN $__timeFrom()::timestamptz - INTERVAL '7 days' AND $__timeTo()::timestamptz - INTERVAL '7 days'
        UNION ALL
        SELECT bucket + INTERVAL '7 days', kind, delta, true FROM state_deltas_30m
        WHERE $__interval_ms >= 300000 AND $__interval_ms < 1800000
          AND bucket BETWEEN $__timeFrom()::timestamptz - INTERVAL '7 days' AND $__timeTo()::timestamptz - INTERVAL '7 days'
        UNION ALL
        SELECT bucket + INTERVAL '7 days', kind, delta, true FROM state_deltas_1h
        WHERE $__interval_ms >= 1800000
          AND bucket BETWEEN $__timeFrom()::timestamptz - INTERVAL '7 days' AND $__timeTo()::timestamptz - INTERVAL '7 days'
    ) AS counted
) AS deltas
WHERE kind IN ('order_created', 'order_shipped')
GROUP BY 1 ORDER BY 1
