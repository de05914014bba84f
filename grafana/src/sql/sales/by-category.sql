SELECT coalesce(p.category, 'unknown') AS category, sum(s.revenue)::float8 AS revenue,
       (sum(s.revenue) / nullif(sum(sum(s.revenue)) OVER (), 0))::float8 AS share,
       sum(s.orders)::float8 AS orders, sum(s.pieces)::float8 AS pieces, count(DISTINCT s.product_id) AS products,
       (sum(s.freight) / nullif(sum(s.revenue), 0))::float8 AS freight
FROM (
    SELECT product_id, sum(revenue) AS revenue, sum(orders) AS orders, sum(pieces) AS pieces, sum(freight) AS freight
    FROM sales_1d
    WHERE bucket >= time_bucket('1 day', $__timeFrom()::timestamptz) AND bucket <= $__timeTo()
    GROUP BY 1
) AS s
LEFT JOIN products p USING (product_id)
GROUP BY 1 ORDER BY revenue DESC LIMIT 100
