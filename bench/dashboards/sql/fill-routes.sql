INSERT INTO route_stats (level, route, trips, mean_seconds, m2_seconds, log_mean, log_m2, distance_km, distance_trips, weight_g,
                         weight_trips, volume_cm3, volume_trips, late, updated_at)
SELECT level, 'from ' || i || '>to ' || i * 7 % ends, 1 + i % 40, 90000 + i % 5000 * 80, 1e10, 12, 1, 5 + i % 500, 1, 900, 1, 4000, 1,
       i % 3, now()
FROM (VALUES ('zip', 200000), ('city', 20000), ('state', 289), ('distance', 11)) AS levels (level, ends), generate_series(1, ends) AS i
