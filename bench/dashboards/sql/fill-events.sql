INSERT INTO events (order_id, occurred_at, content_hash, event_id, event_type, current_status, reason_code, topic, partition,
                    kafka_offset, kafka_timestamp, ingested_at)
SELECT m.order_id, e.at, m.i * 10 + e.n, m.order_id || '.' || e.n, CASE e.n WHEN 0 THEN 'ORDER_CREATED' ELSE e.status END,
       e.status, CASE WHEN (m.i * 7 + e.n) % 50 = 0 THEN 'LATE_PICKUP' END, 'orders', m.i % 6, m.i * 10 + e.n,
       e.at + INTERVAL '40 milliseconds', e.at + INTERVAL '120 milliseconds'
FROM made m, LATERAL (VALUES (0, 'CREATED', m.t0), (1, 'PAID', m.t1), (2, 'PICKING', m.t2), (3, 'PACKED', m.t3),
                             (4, 'SHIPPED', m.t4), (5, 'DELIVERED', m.t5), (6, 'CANCELED', m.canceled)) AS e (n, status, at)
WHERE e.at IS NOT NULL AND (m.canceled IS NULL OR e.at <= m.canceled)
ORDER BY e.at
