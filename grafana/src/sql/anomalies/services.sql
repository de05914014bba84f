SELECT subject AS service, count(*)::float8 AS probes, avg(value) AS answered,
       percentile_cont(0.95) WITHIN GROUP (ORDER BY latency_ms::float8) / 1000 AS p95, max(at) FILTER (WHERE value = 0) AS last_failure
FROM source_readings WHERE $__timeFilter(at) AND source = 'HEALTH'
GROUP BY 1 ORDER BY 3, 1
