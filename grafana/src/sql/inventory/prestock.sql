SELECT product_id, warehouse_id, mean_daily_sales AS a_day, lead_time_days::float8 AS lead_time, expected_demand::float8 AS expected,
       available::float8 AS available, inbound::float8 AS inbound, put_in::float8 AS put_in
FROM prestock_plan
WHERE put_in > 0
ORDER BY put_in DESC, product_id, warehouse_id LIMIT 100
