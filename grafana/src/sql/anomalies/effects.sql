SELECT action, coalesce(cause, '') AS cause, count(*)::float8 AS followed,
       count(*) FILTER (WHERE effect->>'returned_at' IS NOT NULL)::float8 / count(*) AS returned,
       percentile_cont(0.5) WITHIN GROUP (ORDER BY (effect->>'returned_after_seconds')::float8) AS returned_after,
       percentile_cont(0.5) WITHIN GROUP (ORDER BY (effect->>'untreated_seconds')::float8) AS untreated
FROM actions_masked
WHERE $__timeFilter(at) AND effect IS NOT NULL
GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2
