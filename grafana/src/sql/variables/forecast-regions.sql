-- Of the last month there is; one value even where nothing has been forecast yet, because a list must not be empty.
SELECT region FROM demand_forecasts
WHERE at >= (SELECT max(at) - INTERVAL '31 days' FROM demand_forecasts)
UNION
SELECT 'unknown' WHERE NOT EXISTS (SELECT FROM demand_forecasts)
ORDER BY 1
