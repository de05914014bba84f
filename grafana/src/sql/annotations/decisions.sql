SELECT at AS time, actor || ' ' || action || ' (' || status_before || ' to ' || status_after || ')' AS text, source AS tags
FROM alert_actions WHERE $__timeFilter(at) AND source <> 'auto'
ORDER BY at DESC LIMIT 200
