-- What holds at the beginning of the span is what was last said before it.
SELECT greatest(occurred_at, $__timeFrom()::timestamptz) AS time, current_status AS "status"
FROM events
WHERE order_id = ${order_id:sqlstring} AND current_status IS NOT NULL AND current_status <> 'HOLD'
  AND occurred_at <= $__timeTo()::timestamptz
  AND occurred_at >= coalesce((SELECT max(occurred_at) FROM events
                               WHERE order_id = ${order_id:sqlstring} AND current_status IS NOT NULL
                                 AND current_status <> 'HOLD' AND occurred_at <= $__timeFrom()::timestamptz), '-infinity')
ORDER BY 1
