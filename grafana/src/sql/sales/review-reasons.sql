SELECT reason, count(*)::float8 AS reviews
FROM reviews_masked, unnest(reasons) AS reason
WHERE $__timeFilter(occurred_at)
GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 20
