INSERT INTO holds (order_id, reason_code, status, evidence, opened_at, closed_at, ops_status)
SELECT order_id, (ARRAY['FUL-VALID', 'FUL-FRAUD-USER', 'FUL-FRAUD-PROD', 'FUL-INV'])[1 + i / 12 % 4],
       CASE WHEN closed IS NULL THEN 'OPEN' ELSE 'CLEARED' END,
       jsonb_build_object('user_id', 'user-' || i % 50000, 'count', 6), t0, closed, CASE WHEN closed IS NULL THEN 'OPEN' ELSE 'RESOLVED' END
FROM (SELECT *, CASE WHEN t0 < now() - INTERVAL '8 hours' OR fate < 0.5 THEN least(t0 + fate * INTERVAL '6 hours', now()) END AS closed
      FROM made WHERE i % 12 = 0) AS held
ORDER BY t0
