SELECT time_bucket(dashboard_days($__timeFrom(), $__timeTo()), bucket) AS time,
       CASE WHEN seller_state = region THEN 'within a state' ELSE 'between states' END AS metric,
       (sum(transit_seconds) / sum(trips))::float8 / 86400 AS days
FROM routes_1d
WHERE bucket >= time_bucket('1 day', $__timeFrom()::timestamptz) AND bucket <= $__timeTo()
GROUP BY 1, 2 ORDER BY 1, 2
