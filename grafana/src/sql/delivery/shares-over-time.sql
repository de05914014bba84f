SELECT time_bucket(dashboard_days($__timeFrom(), $__timeTo()), bucket) AS time,
       (coalesce(sum(approval_seconds), 0) / sum(orders))::float8 / 86400 AS "approval",
       (coalesce(sum(preparation_seconds), 0) / sum(orders))::float8 / 86400 AS "preparation (seller)",
       (coalesce(sum(transit_seconds), 0) / sum(orders))::float8 / 86400 AS "transit (carrier)"
FROM stages_1d
WHERE bucket >= time_bucket('1 day', $__timeFrom()::timestamptz) AND bucket <= $__timeTo()
GROUP BY 1 ORDER BY 1
