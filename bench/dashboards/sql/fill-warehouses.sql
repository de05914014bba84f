-- What the movements of warehouses come to.
INSERT INTO warehouse_stock (product_id, warehouse_id, current, reserved, costed_pieces, costs)
SELECT product_id, warehouse_id, sum(quantity), 0, sum(quantity), sum(quantity * unit_cost)
FROM inventory_events WHERE warehouse_id IS NOT NULL GROUP BY 1, 2
