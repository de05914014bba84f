SELECT time_bucket(dashboard_days($__timeFrom(), $__timeTo()), bucket) AS time,
       (sum(total_seconds) / nullif(sum(totals), 0))::float8 / 86400 AS "it took",
       (sum(promised_seconds) / nullif(sum(promises), 0))::float8 / 86400 AS "promised"
FROM stages_1d
WHERE bucket >= time_bucket('1 day', $__timeFrom()::timestamptz) AND bucket <= $__timeTo()
GROUP BY 1 ORDER BY 1
