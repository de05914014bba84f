INSERT INTO orders (order_id, partition_at, revision, user_id, product_id, product_name, shipping_address, quantity, amount,
                    currency, channel, region, seller_id, promised_at, current_stage, current_status, last_event_type,
                    last_occurred_at, first_event_at, created_event_at, entered_created_at, paid_at, picking_at, packed_at,
                    shipped_at, delivered_at, canceled_at, left_paid_at, fold_versions, items)
SELECT order_id, t0, 3, 'user-' || i % 50000, 'product-' || product, 'Product ' || product, i % 900 || ' Harbour Street, ' || region,
       1 + i % 3, (product * 37) % 90000 + 1000, 'KRW', (ARRAY['web', 'app', 'partner'])[1 + i % 3], region,
       'seller-' || product % 200, promised,
       CASE WHEN canceled IS NOT NULL THEN 'SYSTEM' WHEN t4 IS NOT NULL THEN 'LOGISTICS' WHEN t2 IS NOT NULL THEN 'FULFILLMENT'
            ELSE 'PAYMENT' END,
       status, CASE status WHEN 'CREATED' THEN 'ORDER_CREATED' ELSE status END,
       coalesce(canceled, t5, t4, t3, t2, t1, t0), t0, t0, t0, t1, t2, t3, t4, t5, canceled, coalesce(t2, canceled),
       '{"status": [1, 2, "event"], "address": [1, 2, "event"], "user": [1, 2, "event"]}',
       CASE WHEN i % 2 = 0 THEN '[]'::jsonb END
FROM (
    SELECT *, CASE WHEN canceled IS NOT NULL THEN 'CANCELED' WHEN t5 IS NOT NULL THEN 'DELIVERED' WHEN t4 IS NOT NULL THEN 'SHIPPED'
                   WHEN t3 IS NOT NULL THEN 'PACKED' WHEN t2 IS NOT NULL THEN 'PICKING' WHEN t1 IS NOT NULL THEN 'PAID'
                   ELSE 'CREATED' END AS status
    FROM made
) AS told
ORDER BY t0
