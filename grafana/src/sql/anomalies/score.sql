-- Of the series asked for, else of the one that deviated most in the chosen time.
WITH chosen AS (
    SELECT coalesce(nullif(${series:sqlstring}, ''),
                    (SELECT series_key FROM anomalies WHERE $__timeFilter(at) ORDER BY abs(deviation) DESC NULLS LAST, series_key LIMIT 1),
                    (SELECT series_key FROM series_points WHERE $__timeFilter(at) ORDER BY at DESC, series_key LIMIT 1)) AS series_key
)
SELECT time_bucket(make_interval(secs => greatest($__interval_ms, 60000) / 1000.0), at) AS time, series_key AS metric,
       max(score) AS score
FROM series_points JOIN chosen USING (series_key)
WHERE $__timeFilter(at)
GROUP BY 1, 2 ORDER BY 1
