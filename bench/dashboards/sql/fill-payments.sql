INSERT INTO payments (occurred_at, order_id, event_id, content_hash, event_type, method, amount, region, reason)
SELECT t1, order_id, order_id || '.paid', i, CASE WHEN i % 40 = 0 THEN 'FAILED' ELSE 'APPROVED' END,
       (ARRAY['card', 'wallet', 'transfer', 'voucher'])[1 + i % 4], 20000, region, CASE WHEN i % 40 = 0 THEN 'E-' || i % 3 END
FROM made WHERE t1 <= now()
ORDER BY 1
