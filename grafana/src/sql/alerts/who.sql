SELECT actor, source, count(*) FILTER (WHERE action = 'ACK') AS ack, count(*) FILTER (WHERE action = 'RESOLVE') AS resolve,
       count(*) FILTER (WHERE action = 'RETRY') AS retry, count(*) FILTER (WHERE action IN ('SNOOZE', 'UNSNOOZE')) AS snooze,
       count(*) AS actions, max(at) AS latest
FROM alert_actions WHERE $__timeFilter(at)
GROUP BY 1, 2 ORDER BY actions DESC LIMIT 50
