SELECT time_bucket(dashboard_days($__timeFrom(), $__timeTo()), d.delivered_at) AS time,
       percentile_cont(0.5) WITHIN GROUP (ORDER BY abs(extract(epoch FROM r.expected_at - d.delivered_at)::float8)) / 86400 AS "prediction",
       percentile_cont(0.5) WITHIN GROUP (ORDER BY abs(extract(epoch FROM d.promised_at - d.delivered_at)::float8)) / 86400 AS "promise"
FROM delivery_outcomes d
JOIN delivery_risks r ON r.order_id = d.order_id
WHERE $__timeFilter(d.delivered_at) AND d.promised_at IS NOT NULL AND r.moment = ${moment:sqlstring}
  AND r.assessed_at BETWEEN $__timeFrom()::timestamptz - INTERVAL '90 days' AND $__timeTo()::timestamptz
GROUP BY 1 ORDER BY 1
