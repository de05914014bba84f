SELECT time_bucket(make_interval(secs => greatest($__interval_ms, 300000) / 1000.0), at) AS time,
       lower(source) || ' ' || subject AS metric, avg(value) AS value
FROM source_readings WHERE $__timeFilter(at) AND source IN ('WEATHER', 'TRAFFIC')
GROUP BY 1, 2 ORDER BY 1, 2
