-- Whole days from the coarsest rollup. Today by minutes up to now: the delta of a late order lies ahead of the clock.
SELECT coalesce(sum(delta) FILTER (WHERE kind = 'backlog'), 0) AS "backlog",
       coalesce(sum(delta) FILTER (WHERE kind = 'late'), 0) AS "late orders",
       coalesce(sum(delta) FILTER (WHERE kind = 'hold_open'), 0) AS "open holds",
       coalesce(sum(delta) FILTER (WHERE kind IN ('alert_open', 'alert_ack', 'alert_retry')), 0) AS "open alerts"
FROM (
    SELECT kind, delta FROM state_deltas_1d WHERE bucket < time_bucket('1 day', now())
    UNION ALL
    SELECT kind, delta FROM state_deltas_1m WHERE bucket >= time_bucket('1 day', now()) AND bucket <= now()
) AS deltas
