SELECT coalesce(cause, 'being looked into') AS cause, count(*)::float8 AS incidents
FROM incidents WHERE $__timeFilter(opened_at)
GROUP BY 1 ORDER BY 2 DESC, 1
