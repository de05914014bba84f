SELECT at, action, status, target, extract(epoch FROM updated_at - at) AS took, coalesce(result::text, '') AS result
FROM actions_masked WHERE $__timeFilter(at) AND receiver IS NULL
ORDER BY at DESC LIMIT 50
