SELECT time_bucket(dashboard_days($__timeFrom(), $__timeTo()), bucket) AS time,
       (sum(score * reviews) / sum(reviews))::float8 AS "mean score"
FROM reviews_1d
WHERE bucket >= time_bucket('1 day', $__timeFrom()::timestamptz) AND bucket <= $__timeTo()
GROUP BY 1 ORDER BY 1
