SELECT opened_at, kind, severity, status, subject, order_id, ops_operator AS operator
FROM alerts_masked WHERE $__timeFilter(opened_at)
ORDER BY opened_at DESC LIMIT 20
