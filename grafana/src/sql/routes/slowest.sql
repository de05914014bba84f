SELECT route, trips::float8 AS trips, mean_seconds / 86400 AS mean, sqrt(m2_seconds / trips) / 86400 AS spread, distance_km AS distance,
       mean_seconds / nullif(distance_km, 0) AS per_km, late::float8 / trips AS delay_rate, weight_g AS weight
FROM route_stats
WHERE level = ${level:sqlstring} AND trips >= ${trips:sqlstring}::integer
ORDER BY mean_seconds DESC, route LIMIT 50
