INSERT INTO order_facts (at, order_id, kind, region, restaurant_id, amount, total_seconds, transit_seconds, promised_at, score)
SELECT at, order_id, kind, region, 'seller-' || product % 200, (product * 37) % 90000 + 1000,
       CASE kind WHEN 'DELIVERED' THEN extract(epoch FROM t5 - t0) END, CASE kind WHEN 'DELIVERED' THEN extract(epoch FROM t5 - t4) END,
       promised, CASE kind WHEN 'REVIEWED' THEN 1 + i % 5 END
FROM made CROSS JOIN LATERAL (VALUES
    ('CREATED', t0), ('APPROVED', t1), ('HANDED_OVER', t4), ('DELIVERED', t5), ('CANCELED', canceled),
    ('REVIEWED', CASE WHEN i % 2 = 0 THEN t5 + fate * INTERVAL '2 days' END)) AS milestones (kind, at)
WHERE at <= now() AND (canceled IS NULL OR kind IN ('CREATED', 'CANCELED'))
ORDER BY 1
