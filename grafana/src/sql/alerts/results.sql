SELECT action, status_before, status_after, count(*) AS times
FROM alert_actions WHERE $__timeFilter(at)
GROUP BY 1, 2, 3 ORDER BY times DESC LIMIT 50
