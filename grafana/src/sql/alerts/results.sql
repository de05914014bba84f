SELECT action, status_before, status_after, sum(actions) AS times
FROM (
    SELECT action, status_before, status_after, 1 AS actions FROM alert_actions
    WHERE $__interval_ms < 300000 AND $__timeFilter(at)
    UNION ALL
    SELECT action, status_before, status_after, actions FROM alert_actions_1d
    WHERE $__interval_ms >= 300000 AND $__timeFilter(bucket)
) AS counted
GROUP BY 1, 2, 3 ORDER BY times DESC LIMIT 50
