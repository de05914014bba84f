-- Impact: how much of all the time that orders spent in preparation beyond the mean of all is due to this seller.
WITH prepared AS (
    SELECT seller_id, sum(preparations) AS n, sum(preparation_seconds) AS seconds
    FROM stages_1d
    WHERE bucket >= time_bucket('1 day', $__timeFrom()::timestamptz) AND bucket <= $__timeTo()
      AND seller_id IS NOT NULL
    GROUP BY 1 HAVING sum(preparations) > 0
),
beyond AS (
    SELECT seller_id, n, seconds / n AS mean, n * greatest(0, seconds / n - sum(seconds) OVER () / sum(n) OVER ()) AS excess
    FROM prepared
),
outliers AS (
    SELECT seller_id, count(DISTINCT order_id) AS orders FROM delivery_risks
    WHERE moment = 'PREPARATION' AND $__timeFilter(assessed_at)
    GROUP BY 1
),
worst AS (
    SELECT *, excess / nullif(sum(excess) OVER (), 0) AS impact FROM beyond ORDER BY excess DESC LIMIT 50
)
SELECT w.seller_id, v.state, w.n::float8 AS orders, w.mean::float8 / 3600 AS mean, w.impact::float8 AS impact,
       coalesce(o.orders, 0)::float8 AS outliers, k.products, k.short
FROM worst w
LEFT JOIN sellers v USING (seller_id)
LEFT JOIN outliers o USING (seller_id)
LEFT JOIN (
    SELECT seller_id, count(*)::float8 AS products, (count(*) FILTER (WHERE position <= reorder_point))::float8 AS short
    FROM stock_levels GROUP BY 1
) AS k USING (seller_id)
ORDER BY w.excess DESC
