INSERT INTO delivery_outcomes (delivered_at, order_id, seller_id, product_id, category, region, seller_state, customer_zip, seller_zip,
                               distance_km, weight_g, volume_cm3, amount, created_at, approved_at, handed_over_at, promised_at)
SELECT t5, order_id, 'seller-' || product % 200, 'product-' || product, 'category ' || product % 40, region, 'state ' || product % 17,
       lpad((i % 3000)::text, 5, '0'), lpad((product % 200)::text, 5, '0'), 5 + (i * 31 % 500), 50 * (product % 300), 900 * (product % 30),
       (product * 37) % 90000 + 1000, t0, t1, t4, promised
FROM made WHERE t5 IS NOT NULL AND canceled IS NULL
ORDER BY t5
