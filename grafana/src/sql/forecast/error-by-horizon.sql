SELECT horizon_hours || ' h' AS ahead, sum(absolute_error) / nullif(sum(orders), 0) AS forecast,
       sum(naive_error) / nullif(sum(orders), 0) AS "as a week before"
FROM forecast_scores
WHERE day >= $__timeFrom()::timestamptz::date AND day <= $__timeTo()::timestamptz::date AND region IN (${region:sqlstring})
GROUP BY horizon_hours ORDER BY horizon_hours
