INSERT INTO deliveries (occurred_at, order_id, event_id, content_hash, event_type, rider_id, restaurant_id, region, reason)
SELECT at, order_id, order_id || type, i, type, 'rider-' || i % 500, 'seller-' || product % 200, region,
       CASE type WHEN 'FAILED' THEN (ARRAY['ACCIDENT', 'CUSTOMER_ABSENT'])[1 + i % 2] END
FROM made CROSS JOIN LATERAL (VALUES
    ('HANDED_OVER', t4), (CASE WHEN i % 50 = 0 THEN 'FAILED' ELSE 'DELIVERED' END, t5)) AS said (type, at)
WHERE at <= now() AND canceled IS NULL
ORDER BY 1
