SELECT opened_at AS time, subject AS text, kind AS tags
FROM alerts_masked
WHERE $__timeFilter(opened_at) AND severity = 'critical' AND kind <> 'HOLD'
ORDER BY opened_at DESC LIMIT 100
