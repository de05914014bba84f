INSERT INTO product_grades (product_id, grade, revenue, revenue_share, orders, graded_at)
SELECT 'product-' || i, CASE WHEN i < 300 THEN 'A' WHEN i < 900 THEN 'B' ELSE 'C' END, 1e6, i / 2001.0, 500, now()
FROM generate_series(1, 2001) AS i
