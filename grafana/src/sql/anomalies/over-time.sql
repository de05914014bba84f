SELECT time_bucket(CASE WHEN $__timeTo()::timestamptz - $__timeFrom()::timestamptz > INTERVAL '4 days' THEN INTERVAL '1 day'
                        ELSE INTERVAL '1 hour' END, opened_at) AS time,
       coalesce(cause, 'being looked into') AS metric, count(*)::float8 AS incidents
FROM incidents WHERE $__timeFilter(opened_at)
GROUP BY 1, 2 ORDER BY 1, 2
