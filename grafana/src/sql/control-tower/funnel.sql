SELECT current_status AS status, count(*) AS orders
FROM orders_open_now
GROUP BY 1 ORDER BY array_position(ARRAY['CREATED', 'PAID', 'PICKING', 'PACKED', 'SHIPPED'], current_status)
