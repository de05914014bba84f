SELECT count(*)::float8 AS "judged",
       avg(CASE WHEN d.delivered_at BETWEEN r.earliest_at AND r.latest_at THEN 1.0 ELSE 0.0 END)::float8 AS "within the span",
       percentile_cont(0.5) WITHIN GROUP (ORDER BY abs(extract(epoch FROM r.expected_at - d.delivered_at)::float8)) / 86400 AS "off by"
FROM delivery_outcomes d
JOIN delivery_risks r ON r.order_id = d.order_id
WHERE $__timeFilter(d.delivered_at) AND d.promised_at IS NOT NULL AND r.moment = ${moment:sqlstring}
  AND r.assessed_at BETWEEN $__timeFrom()::timestamptz - INTERVAL '90 days' AND $__timeTo()::timestamptz
