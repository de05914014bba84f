-- Every second order names its items, one to three of them.
INSERT INTO order_items (partition_at, order_id, line, product_id, seller_id, quantity, price, freight, hand_over_by)
SELECT t0, order_id, line, 'product-' || 1 + (product + line * 613) % 2000, 'seller-' || product % 200, 1 + i % 2,
       (product * 37) % 90000 + 1000, 3000, t0 + INTERVAL '2 days'
FROM made, generate_series(1, 1 + i % 3) AS line
WHERE i % 2 = 0
ORDER BY t0
