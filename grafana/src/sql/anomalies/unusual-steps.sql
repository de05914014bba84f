-- Of steps up to half a day, of hours up to a week, else of days: there may be thousands of series.
WITH span AS (SELECT $__timeTo()::timestamptz - $__timeFrom()::timestamptz AS length),
points AS (
    SELECT at, series_key, anomalous::integer AS unusual, 1 AS steps FROM series_points
    WHERE (SELECT length FROM span) <= INTERVAL '12 hours' AND $__timeFilter(at)
    UNION ALL
    SELECT bucket, series_key, unusual, steps FROM series_points_1h
    WHERE (SELECT length FROM span) > INTERVAL '12 hours' AND (SELECT length FROM span) <= INTERVAL '7 days' AND $__timeFilter(bucket)
    UNION ALL
    SELECT bucket, series_key, unusual, steps FROM series_points_1d
    WHERE (SELECT length FROM span) > INTERVAL '7 days' AND $__timeFilter(bucket)
)
SELECT time_bucket(make_interval(secs => greatest($__interval_ms, 300000) / 1000.0), at) AS time, split_part(series_key, '|', 1) AS metric,
       sum(unusual)::float8 / sum(steps) AS share
FROM points GROUP BY 1, 2 ORDER BY 1, 2
