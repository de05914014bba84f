INSERT INTO products (product_id, product_name, category, seller_id, weight_g, volume_cm3, opening_stock)
SELECT 'product-' || i, 'Product ' || i, 'category ' || i % 40, 'seller-' || i % 200, 50 * (i % 300), 900 * (i % 30), 500
FROM generate_series(1, 2001) AS i
