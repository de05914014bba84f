-- The state at the beginning of the span, and what has changed since.
WITH changes AS (
    SELECT time_bucket(dashboard_grain($__interval_ms), bucket) AS time, kind, sum(delta) AS delta
    FROM (
        SELECT bucket, kind, delta FROM state_deltas_1m
        WHERE $__interval_ms < 300000 AND $__timeFilter(bucket) AND bucket <= now()
        UNION ALL
        SELECT bucket, kind, delta FROM state_deltas_30m
        WHERE $__interval_ms >= 300000 AND $__interval_ms < 1800000 AND $__timeFilter(bucket) AND bucket <= now()
        UNION ALL
        SELECT bucket, kind, delta FROM state_deltas_1h
        WHERE $__interval_ms >= 1800000 AND $__timeFilter(bucket) AND bucket <= now()
    ) AS within
    WHERE kind IN ('alert_open', 'alert_ack', 'alert_retry')
    GROUP BY 1, 2
    UNION ALL
    SELECT time_bucket(dashboard_grain($__interval_ms), $__timeFrom()::timestamptz), kind, sum(delta)
    FROM (
        SELECT kind, delta FROM state_deltas_1d WHERE bucket < time_bucket('1 day', $__timeFrom()::timestamptz)
        UNION ALL
        SELECT kind, delta FROM state_deltas_1m
        WHERE bucket >= time_bucket('1 day', $__timeFrom()::timestamptz) AND bucket < dashboard_start($__timeFrom()::timestamptz, $__interval_ms)
    ) AS earlier
    WHERE kind IN ('alert_open', 'alert_ack', 'alert_retry')
    GROUP BY 1, 2
)
SELECT time,
       sum(coalesce(sum(delta) FILTER (WHERE kind = 'alert_open'), 0)) OVER so_far AS "open",
       sum(coalesce(sum(delta) FILTER (WHERE kind = 'alert_ack'), 0)) OVER so_far AS "acknowledged",
       sum(coalesce(sum(delta) FILTER (WHERE kind = 'alert_retry'), 0)) OVER so_far AS "retry asked for"
FROM changes GROUP BY time WINDOW so_far AS (ORDER BY time) ORDER BY time
