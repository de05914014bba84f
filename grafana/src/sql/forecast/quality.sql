WITH scores AS (
    SELECT * FROM forecast_scores
    WHERE day >= $__timeFrom()::timestamptz::date AND day <= $__timeTo()::timestamptz::date AND region IN (${region:sqlstring})
)
SELECT sum(absolute_error) FILTER (WHERE horizon_hours = 1) / nullif(sum(orders) FILTER (WHERE horizon_hours = 1), 0) AS "error, 1 h",
       sum(absolute_error) FILTER (WHERE horizon_hours = 24) / nullif(sum(orders) FILTER (WHERE horizon_hours = 24), 0) AS "error, 24 h",
       sum(absolute_error) / nullif(sum(naive_error), 0) AS "against last week",
       sum(inside)::float8 / nullif(sum(hours), 0) AS "within the interval"
FROM scores
