-- What the processor says of orders, reserved and shipped; and what warehouses tell.
INSERT INTO inventory_events (occurred_at, event_id, product_id, event_type, quantity, order_id, source, warehouse_id, unit_cost,
                              current_delta, reserved_delta)
SELECT t1, order_id || '/RESERVED', 'product-' || product, 'RESERVED', 1, order_id, 'orders', NULL::text, NULL::numeric, 0, 1
FROM made WHERE t1 IS NOT NULL AND product <= 200
UNION ALL
SELECT t4, order_id || '/SHIPPED', 'product-' || product, 'SHIPPED', 1, order_id, 'orders', NULL, NULL, -1, -1
FROM made WHERE t4 IS NOT NULL AND product <= 200
UNION ALL
SELECT now() - INTERVAL '1 day' * n, 'in-' || i || '-' || n, 'product-' || i, 'RECEIVED', 100, NULL, 'warehouse', 'W-' || 1 + (i + n) % 5, 2.5, 100, 0
FROM generate_series(1, 2001) AS i, generate_series(1, 20) AS n
ORDER BY 1
