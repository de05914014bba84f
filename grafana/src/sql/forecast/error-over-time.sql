SELECT day::timestamp AT TIME ZONE 'UTC' AS time,
       sum(absolute_error) FILTER (WHERE horizon_hours = 1) / nullif(sum(orders) FILTER (WHERE horizon_hours = 1), 0) AS "an hour ahead",
       sum(absolute_error) FILTER (WHERE horizon_hours = 24) / nullif(sum(orders) FILTER (WHERE horizon_hours = 24), 0) AS "a day ahead",
       sum(naive_error) FILTER (WHERE horizon_hours = 24) / nullif(sum(orders) FILTER (WHERE horizon_hours = 24), 0) AS "as a week before"
FROM forecast_scores
WHERE day >= $__timeFrom()::timestamptz::date AND day <= $__timeTo()::timestamptz::date AND region IN (${region:sqlstring})
GROUP BY 1 ORDER BY 1
