WITH bins AS (
    SELECT time, currency, bin, sum(sum(orders)) OVER (PARTITION BY time, currency ORDER BY bin) AS up_to,
           sum(sum(orders)) OVER (PARTITION BY time, currency) AS total
    FROM (
        SELECT time_bucket(dashboard_days($__timeFrom(), $__timeTo()), bucket) AS time, coalesce(currency, 'unknown') AS currency,
               bin, orders
        FROM order_values_1d
        WHERE bucket >= time_bucket('1 day', $__timeFrom()::timestamptz) AND bucket <= $__timeTo()
    ) AS counted
    GROUP BY 1, 2, 3
)
SELECT time, currency || ' ' || name AS metric, bin_amount(min(bin)) AS amount
FROM bins, (VALUES ('half', 0.5), ('90 %', 0.9)) AS wanted (name, share)
WHERE up_to >= share * total
GROUP BY 1, 2 ORDER BY 1, 2
