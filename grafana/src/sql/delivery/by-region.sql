SELECT region, sum(orders)::float8 AS delivered, coalesce(sum(orders) FILTER (WHERE late), 0)::float8 AS late,
       coalesce(sum(orders) FILTER (WHERE late), 0)::float8 / nullif(sum(orders) FILTER (WHERE late IS NOT NULL), 0) AS delay_rate,
       (sum(preparation_seconds) / nullif(sum(preparations), 0))::float8 / 86400 AS preparation,
       (sum(transit_seconds) / nullif(sum(transits), 0))::float8 / 86400 AS transit,
       (sum(total_seconds) / nullif(sum(totals), 0))::float8 / 86400 AS in_all
FROM stages_1d
WHERE bucket >= time_bucket('1 day', $__timeFrom()::timestamptz) AND bucket <= $__timeTo()
GROUP BY 1 ORDER BY late DESC, delay_rate DESC NULLS LAST, 1 LIMIT 50
