SELECT corr(r.score, extract(epoch FROM d.delivered_at - d.created_at)::float8) AS "with the time it took",
       corr(r.score, extract(epoch FROM d.delivered_at - d.promised_at)::float8) AS "with the delay against the promise",
       corr(r.score, CASE WHEN d.delivered_at > d.promised_at THEN 1 ELSE 0 END) AS "with being late"
FROM reviews_masked r
JOIN delivery_outcomes d ON d.order_id = r.order_id
WHERE $__timeFilter(r.occurred_at)
  AND d.delivered_at BETWEEN $__timeFrom()::timestamptz - INTERVAL '90 days' AND $__timeTo()::timestamptz + INTERVAL '90 days'
