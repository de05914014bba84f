WITH known AS (
    INSERT INTO sellers (seller_id, zip, city, state)
    SELECT 'seller-' || i, lpad(i::text, 5, '0'), 'city ' || i % 160, 'state ' || i % 17 FROM generate_series(0, 199) AS i
),
summed AS (
    INSERT INTO seller_stats (seller_id, orders, revenue, preparations, preparation_mean, preparation_m2, preparation_p95, deliveries,
                              late, reviews, review_sum, speed_sum, sla_breaches, month, month_sums, updated_at)
    SELECT 'seller-' || i, 5000, 1e8, 5000, 50000 + i * 500, 1e10, 200000, 5000, i, 2000, 8000, 2500, i, date_trunc('month', now()), '{}', now()
    FROM generate_series(0, 199) AS i
)
INSERT INTO seller_scores (month, seller_id, rank, score, speed, reliability, satisfaction, orders, sla_breaches, month_orders,
                           month_score, month_rank, as_of)
SELECT date_trunc('month', now())::date - make_interval(months => back), 'seller-' || i, 1 + (i + back * 7) % 200, 0.5, 0.5, 0.5, 0.5,
       5000, i % 9, 400, 0.5, 1 + (i + back * 7) % 200, now()
FROM generate_series(0, 199) AS i, generate_series(0, 23) AS back
