SELECT time_bucket(dashboard_days($__timeFrom(), $__timeTo()), bucket) AS time, score::text AS metric, sum(reviews)::float8 AS reviews
FROM reviews_1d
WHERE bucket >= time_bucket('1 day', $__timeFrom()::timestamptz) AND bucket <= $__timeTo()
GROUP BY 1, 2 ORDER BY 1, 2
