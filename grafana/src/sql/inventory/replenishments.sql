SELECT ordered_at, product_id, seller_id, warehouse_id, quantity::float8 AS quantity, due_at, received_at,
       CASE WHEN received_at IS NOT NULL THEN 'received' WHEN due_at < $__timeTo()::timestamptz THEN 'overdue' ELSE 'on order' END AS state,
       CASE WHEN received_at IS NOT NULL OR due_at < $__timeTo()::timestamptz
            THEN extract(epoch FROM coalesce(received_at, $__timeTo()::timestamptz) - due_at)::float8 / 86400 END AS beyond
FROM replenishments
WHERE $__timeFilter(ordered_at)
ORDER BY ordered_at DESC, action_id LIMIT 200
