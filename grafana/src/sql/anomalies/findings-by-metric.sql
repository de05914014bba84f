SELECT metric || ' ' || CASE direction WHEN 'UP' THEN 'too high' ELSE 'too low' END AS what, count(*)::float8 AS findings
FROM anomalies WHERE $__timeFilter(at)
GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 20
