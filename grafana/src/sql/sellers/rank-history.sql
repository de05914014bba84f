-- Of the present best, or of the seller that is asked for: the last twelve months that had begun by the end of the chosen time.
-- A cell for each month of each seller, so that months stand in order.
WITH months AS (
    SELECT DISTINCT month FROM seller_scores WHERE month <= $__timeTo()::timestamptz ORDER BY 1 DESC LIMIT 12
),
best AS (
    SELECT seller_id, row_number() OVER (ORDER BY rank, orders DESC, seller_id) AS place FROM seller_scores
    WHERE month = (SELECT max(month) FROM months) AND ${seller:sqlstring} IN ('', seller_id)
    ORDER BY 2 LIMIT 15
)
SELECT b.seller_id AS seller, to_char(m.month, 'YYYY-MM') AS month, s.rank
FROM best b CROSS JOIN months m
LEFT JOIN seller_scores s ON s.month = m.month AND s.seller_id = b.seller_id
ORDER BY b.place, m.month
