SELECT class * 10 || ' to ' || (class + 1) * 10 || ' %' AS predicted_as, count(*) AS orders,
       avg(probability) AS "predicted", avg(late) AS "came late"
FROM (
    SELECT least(9, floor(r.probability * 10))::integer AS class, r.probability,
           CASE WHEN d.delivered_at > d.promised_at THEN 1.0 ELSE 0.0 END::float8 AS late
    FROM delivery_outcomes d
    JOIN delivery_risks r ON r.order_id = d.order_id
    WHERE $__timeFilter(d.delivered_at) AND d.promised_at IS NOT NULL AND r.moment = ${moment:sqlstring}
      AND r.assessed_at BETWEEN $__timeFrom()::timestamptz - INTERVAL '90 days' AND $__timeTo()::timestamptz
) AS judged
GROUP BY class ORDER BY class
