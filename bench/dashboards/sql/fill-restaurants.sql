INSERT INTO restaurants (occurred_at, restaurant_id, event_id, content_hash, event_type, order_id, region, reason, latency_ms, prep_seconds)
SELECT at, 'seller-' || product % 200, order_id || type, hashtext(order_id || type), type, order_id, region,
       CASE type WHEN 'REFUSED' THEN (ARRAY['STAFF_SHORT', 'INGREDIENTS_OUT', 'OTHER'])[1 + i % 3] END,
       CASE type WHEN 'READY' THEN NULL ELSE 200 + i % 900 END, CASE type WHEN 'READY' THEN 600 + i % 900 END
FROM made CROSS JOIN LATERAL (VALUES
    (CASE WHEN i % 20 = 0 THEN 'REFUSED' ELSE 'ACCEPTED' END, t1), ('READY', CASE WHEN i % 20 > 0 THEN t3 END)) AS said (type, at)
WHERE at <= now()
ORDER BY 1
