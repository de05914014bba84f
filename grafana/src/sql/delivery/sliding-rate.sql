WITH days AS (
    SELECT bucket, sum(orders) FILTER (WHERE late) AS late, sum(orders) FILTER (WHERE late IS NOT NULL) AS promised
    FROM stages_1d
    WHERE bucket > $__timeFrom()::timestamptz - INTERVAL '91 days' AND bucket <= $__timeTo()
    GROUP BY 1
),
windows AS (
    SELECT bucket,
           coalesce(sum(late) OVER week, 0)::float8 / nullif(sum(promised) OVER week, 0) AS "7 days",
           coalesce(sum(late) OVER month, 0)::float8 / nullif(sum(promised) OVER month, 0) AS "30 days",
           coalesce(sum(late) OVER quarter, 0)::float8 / nullif(sum(promised) OVER quarter, 0) AS "90 days"
    FROM days
    WINDOW week AS (ORDER BY bucket RANGE BETWEEN INTERVAL '6 days' PRECEDING AND CURRENT ROW),
           month AS (ORDER BY bucket RANGE BETWEEN INTERVAL '29 days' PRECEDING AND CURRENT ROW),
           quarter AS (ORDER BY bucket RANGE BETWEEN INTERVAL '89 days' PRECEDING AND CURRENT ROW)
)
SELECT bucket AS time, "7 days", "30 days", "90 days" FROM windows
WHERE bucket >= time_bucket('1 day', $__timeFrom()::timestamptz) AND bucket <= $__timeTo()
ORDER BY 1
