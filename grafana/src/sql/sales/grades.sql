SELECT coalesce(g.grade, 'not graded') AS grade, count(*) AS products, sum(s.orders)::float8 AS orders,
       sum(s.revenue)::float8 AS revenue, (sum(s.revenue) / nullif(sum(sum(s.revenue)) OVER (), 0))::float8 AS share
FROM (
    SELECT product_id, sum(revenue) AS revenue, sum(orders) AS orders FROM sales_1d
    WHERE bucket >= time_bucket('1 day', $__timeFrom()::timestamptz) AND bucket <= $__timeTo()
    GROUP BY 1
) AS s
LEFT JOIN product_grades g USING (product_id)
GROUP BY 1 ORDER BY 1
