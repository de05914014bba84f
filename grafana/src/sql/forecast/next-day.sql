-- The 24 hours after the end of the chosen time; where that lies ahead of the last forecast, after the last orders counted.
WITH start AS (
    SELECT least($__timeTo()::timestamptz, (SELECT max(at) + INTERVAL '1 hour' FROM demand_forecasts WHERE orders IS NOT NULL)) AS at
)
SELECT f.at AS hour, f.region, f.expected, f.low, f.high, f.naive AS "a week before", f.riders_needed, f.riders_usual,
       f.riders_needed / nullif(f.riders_usual, 0) AS load
FROM demand_forecasts f CROSS JOIN start
WHERE f.at >= start.at AND f.at < start.at + INTERVAL '24 hours' AND f.region IN (${region:sqlstring})
ORDER BY load DESC NULLS LAST, f.expected DESC, f.at, f.region LIMIT 100
