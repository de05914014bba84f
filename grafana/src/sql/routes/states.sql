SELECT seller_state || ' > ' || region AS route, sum(trips)::float8 AS trips,
       (sum(transit_seconds) / sum(trips))::float8 / 86400 AS mean,
       sqrt(greatest(0, sum(transit_squares) / sum(trips) - (sum(transit_seconds) / sum(trips)) ^ 2))::float8 / 86400 AS spread,
       (sum(distance_km) / nullif(sum(distances), 0))::float8 AS distance,
       (sum(distance_seconds) / nullif(sum(distance_km), 0))::float8 AS per_km,
       sum(late)::float8 / nullif(sum(promised), 0) AS delay_rate
FROM routes_1d
WHERE bucket >= time_bucket('1 day', $__timeFrom()::timestamptz) AND bucket <= $__timeTo()
GROUP BY 1 ORDER BY trips DESC, 1 LIMIT 200
