SELECT action, status, count(*)::float8 AS actions
FROM actions_masked WHERE $__timeFilter(at) AND receiver IS NOT NULL
GROUP BY 1, 2 ORDER BY 1, 2
