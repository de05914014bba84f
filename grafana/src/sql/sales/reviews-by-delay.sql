WITH judged AS (
    SELECT r.score, floor(extract(epoch FROM d.delivered_at - d.promised_at) / 86400)::integer AS days
    FROM reviews_masked r
    JOIN delivery_outcomes d ON d.order_id = r.order_id
    WHERE $__timeFilter(r.occurred_at) AND d.promised_at IS NOT NULL
      AND d.delivered_at BETWEEN $__timeFrom()::timestamptz - INTERVAL '90 days' AND $__timeTo()::timestamptz + INTERVAL '90 days'
)
SELECT class || ' (' || count(score) || ')' AS delivered, avg(score)::float8 AS "mean score"
FROM (VALUES (1, NULL, -15, '> 14 d early'), (2, -14, -8, '> 7 d early'), (3, -7, -1, 'in time'),
             (4, 0, 2, '< 3 d late'), (5, 3, 6, '< 7 d late'), (6, 7, NULL, '> 7 d late')) AS classes (position, least, most, class)
JOIN judged ON days BETWEEN coalesce(least, days) AND coalesce(most, days)
GROUP BY position, class ORDER BY position
