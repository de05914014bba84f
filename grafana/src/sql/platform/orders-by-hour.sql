SELECT bucket AS time, region AS metric, sum(orders)::float8 AS orders
FROM order_facts_1h
WHERE $__timeFilter(bucket) AND kind = 'CREATED' AND region IN (${region:sqlstring})
GROUP BY 1, 2 ORDER BY 1, 2
