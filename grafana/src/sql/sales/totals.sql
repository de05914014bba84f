SELECT sum(amount)::float8 AS "ordered", sum(orders)::float8 AS "orders",
       (sum(amount) / nullif(sum(orders), 0))::float8 AS "an order",
       (sum(canceled_amount) / nullif(sum(amount), 0))::float8 AS "canceled"
FROM order_values_1d
WHERE bucket >= time_bucket('1 day', $__timeFrom()::timestamptz) AND bucket <= $__timeTo()
