SELECT sum(delta) FILTER (WHERE kind = 'hold_opened')::float8
       / nullif(sum(delta) FILTER (WHERE kind = 'order_created'), 0) AS "hold rate"
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
WHERE kind IN ('order_created', 'hold_opened')
