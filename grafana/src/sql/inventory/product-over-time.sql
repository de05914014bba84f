-- What there was at the beginning of the span, and what has changed since.
WITH changes AS (
    SELECT time_bucket(dashboard_grain($__interval_ms), greatest(occurred_at, $__timeFrom()::timestamptz)) AS time,
           sum(current_delta) AS current, sum(reserved_delta) AS reserved
    FROM inventory_events
    WHERE ${product:sqlstring} IN ('', product_id) AND occurred_at <= $__timeTo()
    GROUP BY 1
)
SELECT time, (sum(current) OVER so_far)::float8 AS "in stock", (sum(reserved) OVER so_far)::float8 AS "reserved"
FROM changes WINDOW so_far AS (ORDER BY time) ORDER BY time
