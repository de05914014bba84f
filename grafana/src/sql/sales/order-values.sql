SELECT CASE WHEN power IS NULL THEN '< 1'
            ELSE '< ' || trim(to_char(2.0 ^ (power + 1), '999,999,999,990')) END AS value,
       sum(orders)::float8 AS "orders"
FROM (
    SELECT CASE WHEN bin >= 0 THEN floor(bin * ln(1.05) / ln(2.0))::integer END AS power, sum(orders) AS orders
    FROM order_values_1d
    WHERE bucket >= time_bucket('1 day', $__timeFrom()::timestamptz) AND bucket <= $__timeTo()
    GROUP BY bin
) AS classed
GROUP BY power ORDER BY power NULLS FIRST
