SELECT customer_id, probability, segment, region, orders, mean_gap_days, last_order_at, mean_value, late_orders, refusals,
       coalesce((SELECT string_agg(reason->>'feature' || CASE WHEN (reason->>'effect')::float8 > 0 THEN ' +' ELSE ' −' END, ', ' ORDER BY place)
                 FROM jsonb_array_elements(reasons) WITH ORDINALITY AS r (reason, place) WHERE place <= 3), '') AS why,
       as_of
FROM customer_churn_masked
WHERE segment IN (${segment:sqlstring}) AND coalesce(region, 'unknown') IN (${region:sqlstring}, 'unknown')
ORDER BY probability DESC, last_order_at, orders DESC LIMIT 100
