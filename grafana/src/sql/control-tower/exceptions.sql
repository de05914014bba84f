WITH allowed AS MATERIALIZED (SELECT late_after() AS late_after),
held AS (
    SELECT order_id, reason_code AS reason, opened_at AS since, hold_id
    FROM holds_masked WHERE status = 'OPEN' ORDER BY opened_at LIMIT 50
),
late AS (
    SELECT order_id, 'LATE' AS reason, paid_at + (SELECT late_after FROM allowed) AS since, NULL::bigint AS hold_id
    FROM orders_open_now
    WHERE left_paid_at IS NULL AND paid_at <= now() - (SELECT late_after FROM allowed)
    ORDER BY paid_at LIMIT 50
),
worst AS (
    SELECT * FROM held UNION ALL SELECT * FROM late ORDER BY since LIMIT 50
)
SELECT w.order_id, o.current_stage AS stage, o.folded_status AS status, w.reason,
       extract(epoch FROM now() - w.since) AS age, o.product_name AS product, o.region,
       a.status AS alert, act.action || ' by ' || act.actor AS last_action, act.at AS acted_at
FROM worst w
JOIN order_keys k USING (order_id)
JOIN orders_masked o ON o.order_id = k.order_id AND o.partition_at = k.partition_at
LEFT JOIN alerts_masked a ON a.hold_id = w.hold_id
LEFT JOIN LATERAL (
    SELECT action, actor, at FROM alert_actions WHERE alert_id = a.alert_id ORDER BY at DESC LIMIT 1
) act ON true
ORDER BY w.since
