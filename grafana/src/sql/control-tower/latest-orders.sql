SELECT order_id, first_event_at AS began, current_status AS status, hold_reason_code AS reason,
       product_name AS product, region
FROM orders_masked WHERE $__timeFilter(partition_at)
ORDER BY partition_at DESC LIMIT 20
