SELECT d.at, d.action, d.actor, d.source, d.status_before, d.status_after, d.note, a.subject
FROM alerts_masked a JOIN alert_actions d USING (alert_id)
WHERE a.order_id = ${order_id:sqlstring}
ORDER BY d.at
