WITH stocked AS (
    INSERT INTO inventory (product_id, current_stock, reserved_stock, safety_stock, reorder_point, lead_time_days)
    SELECT 'product-' || i, i % 400, 0, 20, 150, 7 FROM generate_series(1, 2001) AS i
),
planned AS (
    INSERT INTO inventory_plans (product_id, opening, sold, ordered, orders, mean_daily_sales, sd_daily_sales, updated_at)
    SELECT 'product-' || i, 500, 400, 300, 6, 1 + i % 30, 3, now() FROM generate_series(1, 2001) AS i
),
placed AS (
    INSERT INTO warehouses (warehouse_id, name, zip) SELECT 'W-' || w, 'Warehouse ' || w, lpad(w::text, 5, '0') FROM generate_series(1, 5) AS w
),
wanted AS (
    INSERT INTO warehouse_demand (product_id, warehouse_id, mean_daily_sales, updated_at)
    SELECT 'product-' || i, 'W-' || w, (i + w) % 9, now() FROM generate_series(1, 2001) AS i, generate_series(1, 5) AS w
)
INSERT INTO replenishments (action_id, product_id, sequence, seller_id, warehouse_id, quantity, ordered_at, due_at, received_at)
SELECT 'reorder-' || i || '-' || n, 'product-' || i, n, 'seller-' || i % 200, 'W-1', 100, at, at + INTERVAL '7 days',
       CASE WHEN at + INTERVAL '6 days' < now() THEN at + INTERVAL '6 days' END
FROM generate_series(1, 2001) AS i, generate_series(1, 6) AS n, LATERAL (SELECT now() - n * INTERVAL '5 days' + i * INTERVAL '3 minutes' AS at) AS told
WHERE at < now()
