-- Of the last month there is; one value even where nothing has been heard yet, because a list must not be empty.
SELECT region FROM order_facts_1d
WHERE bucket >= (SELECT max(bucket) - INTERVAL '31 days' FROM order_facts_1d)
UNION
SELECT 'unknown' WHERE NOT EXISTS (SELECT FROM order_facts_1d)
ORDER BY 1
