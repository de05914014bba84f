SELECT order_id, first_event_at AS began, current_stage AS stage, current_status AS status,
       hold_reason_code AS reason, extract(epoch FROM now() - last_occurred_at) AS since_last_event,
       last_event_type AS last_event, product_name AS product, quantity, amount, currency, region, channel, seller_id,
       user_id, shipping_address
FROM orders_masked
WHERE $__timeFilter(partition_at)
  AND current_status IN (${status:sqlstring})
  AND current_stage IN (${stage:sqlstring})
  AND coalesce(region, 'unknown') IN (${region:sqlstring})
  AND coalesce(hold_reason_code, 'not held') IN (${reason:sqlstring})
  AND (${search:sqlstring} = '' OR order_id = ${search:sqlstring} OR product_id = ${search:sqlstring}
       OR seller_id = ${search:sqlstring} OR product_name ILIKE '%' || ${search:sqlstring} || '%')
ORDER BY partition_at DESC LIMIT 500
