-- Every second delivery is reviewed within two days.
INSERT INTO reviews (occurred_at, order_id, event_id, content_hash, score, reasons)
SELECT delivered_at + fate * INTERVAL '2 days', order_id, order_id || '.review', i,
       CASE WHEN delivered_at > promised_at THEN 1 + i % 4 ELSE 3 + i % 3 END,
       CASE WHEN delivered_at > promised_at THEN ARRAY['LATE'] ELSE '{}' END
FROM delivery_outcomes JOIN made USING (order_id)
WHERE i % 2 = 0 AND delivered_at + fate * INTERVAL '2 days' < now()
ORDER BY 1
