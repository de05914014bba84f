SELECT time_bucket('1 day', bucket, 'Asia/Seoul') AS time,
       sum(delta) FILTER (WHERE kind = 'order_created') AS "orders",
       sum(delta) FILTER (WHERE kind = 'order_paid') AS "payments",
       sum(delta) FILTER (WHERE kind = 'order_shipped') AS "shipped"
FROM state_deltas_1h
WHERE $__timeFilter(bucket) AND kind IN ('order_created', 'order_paid', 'order_shipped')
GROUP BY 1 ORDER BY 1
