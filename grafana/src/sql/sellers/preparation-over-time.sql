SELECT time_bucket(dashboard_days($__timeFrom(), $__timeTo()), bucket) AS time,
       (sum(preparation_seconds) / nullif(sum(preparations), 0))::float8 / 86400 AS "all sellers",
       (sum(preparation_seconds) FILTER (WHERE seller_id = ${seller:sqlstring})
        / nullif(sum(preparations) FILTER (WHERE seller_id = ${seller:sqlstring}), 0))::float8 / 86400 AS "the seller asked for"
FROM stages_1d
WHERE bucket >= time_bucket('1 day', $__timeFrom()::timestamptz) AND bucket <= $__timeTo()
GROUP BY 1 ORDER BY 1
