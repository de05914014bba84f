-- Steps of five minutes over $2 days: three series a region, one a restaurant.
INSERT INTO series_points (at, series_key, sum, n, observed, expected, low, high, score, deviation, anomalous)
SELECT at, series_key, 20, 100, 20 + random() * 4, 22, 15, 30, random() * 0.3, 0, random() < 0.002
FROM generate_series(time_bucket('5 minutes', now()) - make_interval(days => $2::int), now(), INTERVAL '5 minutes') AS at
CROSS JOIN (
    SELECT metric || '|region=' || region AS series_key
    FROM unnest(ARRAY['orders', 'riders_online', 'riders_idle']) AS metric, (SELECT DISTINCT region FROM made) AS regions
    UNION ALL
    SELECT 'refusal_rate|restaurant=seller-' || i FROM generate_series(0, 199) AS i
) AS names
