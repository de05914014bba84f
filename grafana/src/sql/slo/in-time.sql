-- Whole hours: the one in which the span begins, too, or there would be nothing to show of the last minutes.
SELECT 1 - sum(late)::float8 / nullif(sum(judged), 0) AS "in time"
FROM orders_in_time
WHERE bucket BETWEEN time_bucket('1 hour', $__timeFrom()::timestamptz) AND $__timeTo()::timestamptz
