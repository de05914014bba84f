SELECT time_bucket(dashboard_grain($__interval_ms), bucket) AS time,
       coalesce(sum(delta) FILTER (WHERE kind = 'order_created'), 0) AS "orders",
       coalesce(sum(delta) FILTER (WHERE kind = 'order_paid'), 0) AS "payments",
       coalesce(sum(delta) FILTER (WHERE kind = 'order_shipped'), 0) AS "shipped",
       coalesce(sum(delta) FILTER (WHERE kind = 'hold_opened'), 0) AS "holds"
FROM (
    SELECT bucket, kind, delta FROM state_deltas_1m
    WHERE $__interval_ms < 300000 AND $__timeFilter(bucket)
    UNION ALL
    SELECT bucket, kind, delta FROM state_deltas_30m
    WHERE $__interval_ms >= 300000 AND $__interval_ms < 1800000 AND $__timeFilter(bucket)
    UNION ALL
    SELECT bucket, kind, delta FROM state_deltas_1h
    WHERE $__interval_ms >= 1800000 AND $__timeFilter(bucket)
) AS deltas
WHERE kind IN ('order_created', 'order_paid', 'order_shipped', 'hold_opened')
GROUP BY 1 ORDER BY 1
