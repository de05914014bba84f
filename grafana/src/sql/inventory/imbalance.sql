SELECT product_id, short_warehouse, short_pieces::float8 AS short, inbound_pieces::float8 AS on_its_way, surplus_warehouse,
       surplus_pieces::float8 AS surplus, movable_pieces::float8 AS movable, unit_inbound_cost::float8 AS unit_cost,
       duplicated_inbound_cost::float8 AS paid_twice
FROM stock_imbalance
ORDER BY duplicated_inbound_cost DESC NULLS LAST, movable_pieces DESC, product_id LIMIT 100
