-- Whole days where a month has the whole of them, hours where it begins or ends within one.
WITH pieces AS (
    SELECT date_trunc('month', bucket AT TIME ZONE ${zone:sqlstring}) AS month, product_id, revenue FROM sales_1d
    WHERE bucket >= time_bucket('1 day', $__timeFrom()::timestamptz) AND bucket <= $__timeTo()
      AND NOT begins_month_within(bucket, ${zone:sqlstring})
    UNION ALL
    SELECT date_trunc('month', bucket AT TIME ZONE ${zone:sqlstring}), product_id, revenue FROM sales_1h
    WHERE bucket >= time_bucket('1 day', $__timeFrom()::timestamptz) AND bucket <= $__timeTo()
      AND begins_month_within(time_bucket('1 day', bucket), ${zone:sqlstring})
),
months AS (
    SELECT month, coalesce(p.category, 'unknown') AS category, sum(revenue) AS revenue
    FROM (SELECT month, product_id, sum(revenue) AS revenue FROM pieces GROUP BY 1, 2) AS sold
    LEFT JOIN products p USING (product_id)
    GROUP BY 1, 2
),
ranked AS (
    SELECT category, row_number() OVER (ORDER BY sum(revenue) DESC, category) AS place FROM months GROUP BY 1
)
SELECT to_char(month, 'YYYY-MM') AS month, CASE WHEN place <= 8 THEN category ELSE 'all others' END AS category,
       sum(revenue)::float8 AS revenue
FROM months JOIN ranked USING (category)
GROUP BY 1, 2 ORDER BY 1, min(place)
