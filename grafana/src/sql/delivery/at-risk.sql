-- The latest word on each order, as it was known at the end of the chosen time: what was delivered by then is over.
WITH candidates AS (
    SELECT DISTINCT order_id FROM delivery_risks
    WHERE probability >= 0.3 AND assessed_at > $__timeTo()::timestamptz - INTERVAL '60 days' AND assessed_at <= $__timeTo()
),
latest AS (
    SELECT c.order_id, r.*
    FROM candidates c CROSS JOIN LATERAL (
        SELECT assessed_at, moment, probability, expected_at, earliest_at, latest_at, promised_at, seller_id, product_id, region, grade
        FROM delivery_risks
        WHERE order_id = c.order_id AND assessed_at > $__timeTo()::timestamptz - INTERVAL '60 days' AND assessed_at <= $__timeTo()
        ORDER BY assessed_at DESC LIMIT 1
    ) AS r
    WHERE r.probability >= 0.3
)
SELECT l.order_id, l.probability, l.moment AS known_since, l.assessed_at, l.promised_at, l.expected_at,
       extract(epoch FROM l.expected_at - l.promised_at)::float8 / 86400 AS beyond, l.latest_at, l.grade, l.seller_id, l.region
FROM latest l
JOIN order_keys k USING (order_id)
JOIN orders_masked o ON o.order_id = k.order_id AND o.partition_at = k.partition_at
WHERE coalesce(o.delivered_at > $__timeTo(), true) AND coalesce(o.canceled_at > $__timeTo(), true)
ORDER BY l.promised_at > $__timeTo()::timestamptz DESC, l.probability DESC, l.promised_at, l.order_id LIMIT 100
