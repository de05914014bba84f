SELECT at AS time, sum(riders_needed) AS needed, sum(riders_usual) AS usual, sum(riders) AS "were there"
FROM demand_forecasts
WHERE $__timeFilter(at) AND region IN (${region:sqlstring})
GROUP BY 1 ORDER BY 1
