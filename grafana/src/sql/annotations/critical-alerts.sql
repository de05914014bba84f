-- Not those about a single order or product: there are too many to be drawn.
SELECT opened_at AS time, subject AS text, kind AS tags
FROM alerts_masked
WHERE $__timeFilter(opened_at) AND severity = 'critical' AND kind NOT IN ('HOLD', 'DELIVERY', 'INVENTORY')
ORDER BY opened_at DESC LIMIT 100
