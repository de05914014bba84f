SELECT seller_id AS seller FROM seller_scores
WHERE month_rank = 1 AND month <= $__timeTo()::timestamptz
ORDER BY month DESC, seller_id LIMIT 1
