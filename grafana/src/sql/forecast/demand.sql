SELECT at AS time, sum(orders)::float8 AS orders, sum(expected) AS expected, sum(low) AS low, sum(high) AS high,
       sum(day_ahead_expected) AS "a day before"
FROM demand_forecasts
WHERE $__timeFilter(at) AND region IN (${region:sqlstring})
GROUP BY 1 ORDER BY 1
