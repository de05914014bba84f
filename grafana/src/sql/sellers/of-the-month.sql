SELECT to_char(s.month, 'YYYY-MM') AS month, s.seller_id, v.state, s.month_score, s.month_orders, s.sla_breaches, s.rank
FROM seller_scores s LEFT JOIN sellers v USING (seller_id)
WHERE s.month_rank = 1 AND s.month <= $__timeTo()::timestamptz
ORDER BY s.month DESC, s.seller_id LIMIT 12
