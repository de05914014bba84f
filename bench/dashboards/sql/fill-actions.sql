INSERT INTO alert_actions (at, alert_id, action, actor, source, status_before, status_after)
SELECT a.opened_at + (a.status_since - a.opened_at) * s.share, a.alert_id, s.action,
       (ARRAY['kim', 'lee', 'park', 'choi'])[1 + a.alert_id % 4], 'slack', s.before, s.after
FROM alerts a, (VALUES (0.3, 'ACK', 'OPEN', 'ACK'), (1.0, 'RESOLVE', 'ACK', 'RESOLVED')) AS s (share, action, before, after)
WHERE a.status = 'RESOLVED'
ORDER BY 1
