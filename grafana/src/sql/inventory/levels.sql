SELECT product_id, coalesce(product_name, category) AS name, seller_id, current_stock::float8 AS stock, reserved_stock::float8 AS reserved,
       available::float8 AS available, reorder_point::float8 AS reorder_point, (position - reorder_point)::float8 AS above,
       safety_stock::float8 AS safety, on_order::float8 AS on_order, days_of_cover::float8 AS cover, lead_time_days::float8 AS lead_time,
       mean_daily_sales AS a_day
FROM stock_levels
ORDER BY position - reorder_point NULLS LAST, product_id LIMIT 200
