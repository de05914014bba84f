WITH told AS (
    INSERT INTO demand_forecasts (at, region, issued_at, expected, low, high, naive, riders_needed, riders_usual, orders, riders)
    SELECT at, region, at, 30, 20, 40, 28, 12, 11, CASE WHEN at < now() THEN 31 END, CASE WHEN at < now() THEN 12 END
    FROM generate_series(time_bucket('1 hour', now()) - make_interval(days => $2::int), now() + INTERVAL '1 day', INTERVAL '1 hour') AS at,
         (SELECT DISTINCT region FROM made) AS regions
),
scored AS (
    INSERT INTO forecast_scores (region, horizon_hours, day, hours, orders, absolute_error, naive_error, inside)
    SELECT region, h, now()::date - d, 24, 700, 60, 120, 22
    FROM (SELECT DISTINCT region FROM made) AS regions, generate_series(1, 24) AS h, generate_series(0, $2::int) AS d
)
INSERT INTO customer_churn (customer_id, as_of, probability, segment, region, orders, first_order_at, last_order_at, late_orders, refusals, reasons)
SELECT 'customer-' || i, now(), random(), (ARRAY['NEW', 'REGULAR', 'FALLING', 'LOST'])[1 + i % 4], 'Seoul', 5, now() - INTERVAL '90 days',
       now() - INTERVAL '9 days', 0, 0, '[{"feature": "recency", "value": 9, "effect": 0.5}]'
FROM generate_series(1, greatest($1::int / 20, 1)) AS i
