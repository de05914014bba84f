SELECT s.seller_id, s.n::float8 AS orders, (s.seconds / s.n)::float8 / 86400 AS mean,
       sqrt(greatest(0, s.squares / s.n - (s.seconds / s.n) ^ 2))::float8 / 86400 AS spread,
       t.preparation_p95 / 86400 AS p95_ever, s.late::float8 / nullif(s.promised, 0) AS delay_rate
FROM (
    SELECT seller_id, sum(preparations) AS n, sum(preparation_seconds) AS seconds, sum(preparation_squares) AS squares,
           coalesce(sum(orders) FILTER (WHERE late), 0) AS late, sum(orders) FILTER (WHERE late IS NOT NULL) AS promised
    FROM stages_1d
    WHERE bucket >= time_bucket('1 day', $__timeFrom()::timestamptz) AND bucket <= $__timeTo()
      AND seller_id IS NOT NULL
    GROUP BY 1 HAVING sum(preparations) >= 3
    ORDER BY sqrt(greatest(0, sum(preparation_squares) / sum(preparations) - (sum(preparation_seconds) / sum(preparations)) ^ 2)) DESC
    LIMIT 50
) AS s
LEFT JOIN seller_stats t USING (seller_id)
ORDER BY spread DESC
