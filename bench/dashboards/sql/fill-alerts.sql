INSERT INTO alerts (dedup_key, kind, severity, status, version, previous_status, status_since, subject, evidence, order_id, hold_id,
                    opened_at, created_at, ops_operator)
SELECT 'hold/' || h.hold_id, 'HOLD', CASE h.reason_code WHEN 'FUL-INV' THEN 'warning' ELSE 'critical' END,
       'OPEN', 0, NULL, h.opened_at, 'Order ' || h.order_id || ' is held: ' || h.reason_code, h.evidence, h.order_id, h.hold_id,
       h.opened_at, h.opened_at, NULL
FROM holds h ORDER BY h.opened_at
