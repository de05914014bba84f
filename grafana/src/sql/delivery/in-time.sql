SELECT sum(orders)::float8 AS "delivered",
       sum(orders) FILTER (WHERE late)::float8 / nullif(sum(orders) FILTER (WHERE late IS NOT NULL), 0) AS "after the promise",
       (sum(total_seconds) / nullif(sum(totals), 0))::float8 / 86400 AS "it took",
       (sum(promised_seconds) / nullif(sum(promises), 0))::float8 / 86400 AS "promised"
FROM stages_1d
WHERE bucket >= time_bucket('1 day', $__timeFrom()::timestamptz) AND bucket <= $__timeTo()
