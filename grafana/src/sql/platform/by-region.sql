SELECT region, sum(orders) FILTER (WHERE kind = 'CREATED')::float8 AS orders,
       coalesce(sum(orders) FILTER (WHERE kind = 'CANCELED'), 0)::float8 / nullif(sum(orders) FILTER (WHERE kind = 'CREATED'), 0) AS canceled,
       (sum(amount) FILTER (WHERE kind = 'CREATED') / nullif(sum(amounts) FILTER (WHERE kind = 'CREATED'), 0))::float8 AS value,
       (sum(total_seconds) / nullif(sum(totals), 0))::float8 AS took,
       sum(late)::float8 / nullif(sum(orders) FILTER (WHERE kind = 'DELIVERED'), 0) AS late,
       sum(score) FILTER (WHERE kind = 'REVIEWED')::float8 / nullif(sum(orders) FILTER (WHERE kind = 'REVIEWED'), 0) AS satisfaction,
       'orders|region=' || region AS series
FROM (
    SELECT * FROM order_facts_1m WHERE by_the_minute($__timeFrom(), $__timeTo()) AND $__timeFilter(bucket)
    UNION ALL
    SELECT * FROM order_facts_1h WHERE NOT by_the_minute($__timeFrom(), $__timeTo()) AND $__timeFilter(bucket)
) AS counted
WHERE region IN (${region:sqlstring})
GROUP BY region ORDER BY orders DESC NULLS LAST, region
