SELECT order_id, current_status AS status, current_stage AS stage, hold_reason_code AS reason, product_name AS product,
       quantity, amount, currency, region, channel, seller_id, user_id, shipping_address,
       extract(epoch FROM coalesce(delivered_at, canceled_at, now()) - first_event_at) AS age, promised_at, last_occurred_at,
       (extract(epoch FROM first_event_at) * 1000 - 600000)::bigint AS from_ms,
       (extract(epoch FROM last_occurred_at) * 1000 + 600000)::bigint AS to_ms
FROM orders_masked
WHERE order_id = ${order_id:sqlstring}
  AND partition_at = (SELECT partition_at FROM order_keys WHERE order_id = ${order_id:sqlstring})
