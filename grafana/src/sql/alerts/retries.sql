SELECT at, action, status, target, extract(epoch FROM updated_at - at) AS took, coalesce(result::text, '') AS result
FROM actions WHERE $__timeFilter(at)
ORDER BY at DESC LIMIT 50
