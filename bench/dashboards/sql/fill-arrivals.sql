INSERT INTO arrivals (product_id, user_id, t, order_id)
SELECT 'product-' || product, 'user-' || i % 50000, t0, order_id FROM made ORDER BY t0
