WITH months AS (
    SELECT month, sum(sla_breaches)::float8 AS breaches, sum(month_orders)::float8 AS orders
    FROM seller_scores WHERE month <= $__timeTo()::timestamptz
    GROUP BY 1 ORDER BY 1 DESC LIMIT 12
)
SELECT to_char(month, 'YYYY-MM') AS month, breaches AS "handed over too late", greatest(orders - breaches, 0) AS "other orders"
FROM months ORDER BY months.month
