SELECT greatest(c.at, $__timeFrom()::timestamptz) AS time,
       coalesce((SELECT string_agg(h.reason_code, ', ' ORDER BY hold_priority(h.reason_code))
                 FROM holds_masked h
                 WHERE h.order_id = ${order_id:sqlstring} AND h.opened_at <= c.at AND (h.closed_at IS NULL OR h.closed_at > c.at)),
                'not held') AS "held"
FROM (
    SELECT opened_at AS at FROM holds_masked WHERE order_id = ${order_id:sqlstring}
    UNION
    SELECT closed_at FROM holds_masked WHERE order_id = ${order_id:sqlstring} AND closed_at IS NOT NULL
) AS c
WHERE c.at <= $__timeTo()::timestamptz
ORDER BY c.at
