SELECT count(DISTINCT seller_id)::float8 AS "sellers that delivered",
       (sum(preparation_seconds) / nullif(sum(preparations), 0))::float8 / 86400 AS "preparation",
       sum(orders) FILTER (WHERE late)::float8 / nullif(sum(orders) FILTER (WHERE late IS NOT NULL), 0) AS "after the promise"
FROM stages_1d
WHERE bucket >= time_bucket('1 day', $__timeFrom()::timestamptz) AND bucket <= $__timeTo()
  AND ${seller:sqlstring} IN ('', seller_id)
