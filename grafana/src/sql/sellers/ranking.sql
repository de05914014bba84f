-- As it stood in the last month that had begun by the end of the chosen time.
WITH months AS (
    SELECT DISTINCT month FROM seller_scores WHERE month <= $__timeTo()::timestamptz ORDER BY 1 DESC LIMIT 2
)
SELECT s.rank, before.rank - s.rank AS risen, s.seller_id, v.state, s.score, s.speed, s.reliability, s.satisfaction,
       s.orders, s.month_orders, s.sla_breaches, to_char(s.month, 'YYYY-MM') AS month
FROM seller_scores s
LEFT JOIN seller_scores before ON before.seller_id = s.seller_id AND before.month = (SELECT min(month) FROM months)
                              AND before.month < s.month
LEFT JOIN sellers v ON v.seller_id = s.seller_id
WHERE s.month = (SELECT max(month) FROM months)
ORDER BY s.rank, s.orders DESC, s.seller_id LIMIT 100
