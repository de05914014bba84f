SELECT s.product_id, coalesce(p.product_name, p.category) AS name, g.grade, s.revenue::float8 AS revenue, s.share::float8 AS share,
       s.orders::float8 AS orders, s.pieces::float8 AS pieces, (s.revenue / nullif(s.pieces, 0))::float8 AS a_piece
FROM (
    SELECT product_id, sum(revenue) AS revenue, sum(revenue) / nullif(sum(sum(revenue)) OVER (), 0) AS share,
           sum(orders) AS orders, sum(pieces) AS pieces
    FROM sales_1d
    WHERE bucket >= time_bucket('1 day', $__timeFrom()::timestamptz) AND bucket <= $__timeTo()
    GROUP BY 1 ORDER BY 2 DESC NULLS LAST LIMIT 100
) AS s
LEFT JOIN products p USING (product_id)
LEFT JOIN product_grades g USING (product_id)
ORDER BY s.revenue DESC NULLS LAST
