-- As the list of them: each order by the latest assessment before the end of the chosen time.
SELECT count(*) FILTER (WHERE latest.promised_at > $__timeTo()::timestamptz) AS "at risk",
       count(*) FILTER (WHERE latest.promised_at <= $__timeTo()::timestamptz) AS "late already"
FROM (
    SELECT DISTINCT order_id FROM delivery_risks
    WHERE probability >= 0.3 AND assessed_at > $__timeTo()::timestamptz - INTERVAL '60 days' AND assessed_at <= $__timeTo()
) AS c
CROSS JOIN LATERAL (
    SELECT probability, promised_at FROM delivery_risks
    WHERE order_id = c.order_id AND assessed_at > $__timeTo()::timestamptz - INTERVAL '60 days' AND assessed_at <= $__timeTo()
    ORDER BY assessed_at DESC LIMIT 1
) AS latest
JOIN order_keys k USING (order_id)
JOIN orders_masked o ON o.order_id = k.order_id AND o.partition_at = k.partition_at
WHERE latest.probability >= 0.3
  AND coalesce(o.delivered_at > $__timeTo(), true) AND coalesce(o.canceled_at > $__timeTo(), true)
