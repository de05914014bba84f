SELECT actor, source, coalesce(sum(actions) FILTER (WHERE action = 'ACK'), 0) AS ack,
       coalesce(sum(actions) FILTER (WHERE action = 'RESOLVE'), 0) AS resolve,
       coalesce(sum(actions) FILTER (WHERE action = 'RETRY'), 0) AS retry,
       coalesce(sum(actions) FILTER (WHERE action IN ('SNOOZE', 'UNSNOOZE')), 0) AS snooze,
       sum(actions) AS actions, max(latest) AS latest
FROM (
    SELECT actor, source, action, 1 AS actions, at AS latest FROM alert_actions
    WHERE $__interval_ms < 300000 AND $__timeFilter(at)
    UNION ALL
    SELECT actor, source, action, actions, latest FROM alert_actions_1d
    WHERE $__interval_ms >= 300000 AND $__timeFilter(bucket)
) AS counted
GROUP BY 1, 2 ORDER BY actions DESC LIMIT 50
