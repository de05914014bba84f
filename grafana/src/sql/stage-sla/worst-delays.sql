SELECT order_id, region, seller_id, product_name AS product, current_status AS status, promised_at,
       extract(epoch FROM now() - promised_at) AS overdue
FROM orders_open_now
WHERE promised_at < now() AND $__timeFilter(partition_at)
ORDER BY promised_at LIMIT 50
