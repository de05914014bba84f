-- Rollups of sales, stages, deliveries and reviews, by event time. Sums, counts and histograms only: windows of 7, 30 or
-- 90 days are sums over days, means and percentiles follow from them.

-- Sales as ordered: an order that is canceled later stays (order_values_1d has what was canceled). The hour is that of
-- the order's first event, which never changes. Hours besides days, because a month begins at another moment in each
-- time zone. Revenue is in the currency of the orders.
CREATE MATERIALIZED VIEW IF NOT EXISTS sales_lines_1h
WITH (timescaledb.continuous, timescaledb.materialized_only = false) AS
SELECT time_bucket(INTERVAL '1 hour', partition_at) AS bucket, product_id, seller_id,
       count(*) AS lines, sum(quantity)::bigint AS pieces,
       sum(coalesce(price, 0) * quantity) AS revenue, sum(coalesce(freight, 0)) AS freight
FROM order_items GROUP BY 1, 2, 3 WITH NO DATA;

CREATE MATERIALIZED VIEW IF NOT EXISTS sales_lines_1d
WITH (timescaledb.continuous, timescaledb.materialized_only = false) AS
SELECT time_bucket(INTERVAL '1 day', bucket) AS bucket, product_id, seller_id, sum(lines)::bigint AS lines,
       sum(pieces)::bigint AS pieces, sum(revenue) AS revenue, sum(freight) AS freight
FROM sales_lines_1h GROUP BY 1, 2, 3 WITH NO DATA;

CREATE MATERIALIZED VIEW IF NOT EXISTS sales_orders_1h
WITH (timescaledb.continuous, timescaledb.materialized_only = false) AS
SELECT time_bucket(INTERVAL '1 hour', partition_at) AS bucket, product_id, seller_id,
       count(*) AS orders, sum(quantity)::bigint AS pieces, sum(coalesce(amount, 0)) AS revenue
FROM orders WHERE items IS NULL GROUP BY 1, 2, 3 WITH NO DATA;

CREATE MATERIALIZED VIEW IF NOT EXISTS sales_orders_1d
WITH (timescaledb.continuous, timescaledb.materialized_only = false) AS
SELECT time_bucket(INTERVAL '1 day', bucket) AS bucket, product_id, seller_id, sum(orders)::bigint AS orders,
       sum(pieces)::bigint AS pieces, sum(revenue) AS revenue
FROM sales_orders_1h GROUP BY 1, 2, 3 WITH NO DATA;

-- Every product of every order, whether its events name items or not.
CREATE OR REPLACE VIEW sales_1h AS
SELECT bucket, product_id, seller_id, lines AS orders, pieces, revenue, freight FROM sales_lines_1h
UNION ALL
SELECT bucket, product_id, seller_id, orders, pieces, revenue, 0::numeric FROM sales_orders_1h;
CREATE OR REPLACE VIEW sales_1d AS
SELECT bucket, product_id, seller_id, lines AS orders, pieces, revenue, freight FROM sales_lines_1d
UNION ALL
SELECT bucket, product_id, seller_id, orders, pieces, revenue, 0::numeric FROM sales_orders_1d;
COMMENT ON VIEW sales_1d IS 'By day (UTC), product and seller. orders: lines of orders; an order of two products counts for both. Freight is known of items only; the amount of an order without items may have it in revenue.';

-- Whether a day (UTC) has the beginning of a month in it: then a month in that time zone is made of hours there.
CREATE OR REPLACE FUNCTION begins_month_within(day timestamptz, zone text) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT date_trunc('month', day AT TIME ZONE zone) <> date_trunc('month', (day + INTERVAL '23 hours') AT TIME ZONE zone)
$$;

CREATE OR REPLACE FUNCTION amount_bin(amount numeric) RETURNS smallint LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN amount > 0 THEN round(ln(amount::double precision) / ln(1.05::double precision))::smallint
                ELSE (-32768)::smallint END
$$;
CREATE OR REPLACE FUNCTION bin_amount(bin smallint) RETURNS double precision LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE bin WHEN -32768 THEN 0 ELSE power(1.05::double precision, bin) END
$$;
COMMENT ON FUNCTION amount_bin IS 'Histogram bin of an amount: round(log(amount) / log(1.05)); -32768 for nothing.';

CREATE MATERIALIZED VIEW IF NOT EXISTS order_values_1d
WITH (timescaledb.continuous, timescaledb.materialized_only = false) AS
SELECT time_bucket(INTERVAL '1 day', partition_at) AS bucket, currency, amount_bin(amount) AS bin,
       count(*) AS orders, count(canceled_at) AS canceled, sum(amount) AS amount,
       coalesce(sum(amount) FILTER (WHERE canceled_at IS NOT NULL), 0) AS canceled_amount
FROM orders WHERE amount IS NOT NULL GROUP BY 1, 2, 3 WITH NO DATA;

-- Deliveries by the day they arrived. Seconds are exact (numeric), so that no order of summing makes a difference. A stage
-- that is not known of an order is in neither its count nor its sum.
CREATE MATERIALIZED VIEW IF NOT EXISTS stages_1d
WITH (timescaledb.continuous, timescaledb.materialized_only = false) AS
SELECT time_bucket(INTERVAL '1 day', delivered_at) AS bucket, coalesce(region, 'unknown') AS region, seller_id,
       delivered_at > promised_at AS late,
       count(*) AS orders,
       count(approved_at - created_at) AS approvals,
       sum(extract(epoch FROM approved_at - created_at)) AS approval_seconds,
       count(handed_over_at - approved_at) AS preparations,
       sum(extract(epoch FROM handed_over_at - approved_at)) AS preparation_seconds,
       sum(extract(epoch FROM handed_over_at - approved_at) ^ 2) AS preparation_squares,
       count(delivered_at - handed_over_at) AS transits,
       sum(extract(epoch FROM delivered_at - handed_over_at)) AS transit_seconds,
       count(delivered_at - created_at) AS totals,
       sum(extract(epoch FROM delivered_at - created_at)) AS total_seconds,
       count(promised_at - created_at) AS promises,
       sum(extract(epoch FROM promised_at - created_at)) AS promised_seconds,
       sum(extract(epoch FROM delivered_at - promised_at)) AS error_seconds
FROM delivery_outcomes GROUP BY 1, 2, 3, 4 WITH NO DATA;

CREATE TABLE IF NOT EXISTS delivery_stages (
    stage    text    PRIMARY KEY,
    position integer NOT NULL
);
INSERT INTO delivery_stages (stage, position) VALUES
    ('approval', 1), ('preparation', 2), ('transit', 3), ('in all', 4)
ON CONFLICT DO NOTHING;
COMMENT ON TABLE delivery_stages IS 'The stages that stage_times_1d measures: ordered to approved, approved to handed over, handed over to delivered, ordered to delivered.';

CREATE MATERIALIZED VIEW IF NOT EXISTS stage_times_1d
WITH (timescaledb.continuous, timescaledb.materialized_only = false) AS
SELECT time_bucket(INTERVAL '1 day', o.delivered_at) AS bucket, s.stage,
       CASE s.position
           WHEN 1 THEN duration_bin(o.created_at, o.approved_at)
           WHEN 2 THEN duration_bin(o.approved_at, o.handed_over_at)
           WHEN 3 THEN duration_bin(o.handed_over_at, o.delivered_at)
           ELSE duration_bin(o.created_at, o.delivered_at)
       END AS bin,
       count(*) AS orders
FROM delivery_outcomes o JOIN delivery_stages s
  ON CASE s.position
         WHEN 1 THEN o.approved_at - o.created_at IS NOT NULL
         WHEN 2 THEN o.handed_over_at - o.approved_at IS NOT NULL
         WHEN 3 THEN o.handed_over_at IS NOT NULL
         ELSE o.created_at IS NOT NULL
     END
GROUP BY 1, 2, 3 WITH NO DATA;

CREATE MATERIALIZED VIEW IF NOT EXISTS promise_errors_1d
WITH (timescaledb.continuous, timescaledb.materialized_only = false) AS
SELECT time_bucket(INTERVAL '1 day', delivered_at) AS bucket,
       floor(extract(epoch FROM delivered_at - promised_at) / 86400)::integer AS days, count(*) AS orders
FROM delivery_outcomes WHERE promised_at IS NOT NULL GROUP BY 1, 2 WITH NO DATA;
COMMENT ON VIEW promise_errors_1d IS 'Whole days after the promise: -1 is up to a day early, 0 up to a day late.';

CREATE MATERIALIZED VIEW IF NOT EXISTS routes_1d
WITH (timescaledb.continuous, timescaledb.materialized_only = false) AS
SELECT time_bucket(INTERVAL '1 day', delivered_at) AS bucket, coalesce(seller_state, 'unknown') AS seller_state,
       coalesce(region, 'unknown') AS region,
       count(*) AS trips, count(*) FILTER (WHERE delivered_at > promised_at) AS late, count(promised_at) AS promised,
       sum(extract(epoch FROM delivered_at - handed_over_at)) AS transit_seconds,
       sum(extract(epoch FROM delivered_at - handed_over_at) ^ 2) AS transit_squares,
       count(distance_km) AS distances, sum(distance_km::numeric) AS distance_km,
       sum(extract(epoch FROM delivered_at - handed_over_at)) FILTER (WHERE distance_km IS NOT NULL) AS distance_seconds
FROM delivery_outcomes WHERE handed_over_at IS NOT NULL GROUP BY 1, 2, 3 WITH NO DATA;

-- Transit by distance and by weight, for percentiles. The bands are those of route_stats.
CREATE MATERIALIZED VIEW IF NOT EXISTS distance_times_1d
WITH (timescaledb.continuous, timescaledb.materialized_only = false) AS
SELECT time_bucket(INTERVAL '1 day', delivered_at) AS bucket,
       width_bucket(distance_km, ARRAY[0, 25, 50, 100, 200, 400, 700, 1000, 1500, 2000, 2500]::double precision[]) AS band,
       duration_bin(handed_over_at, delivered_at) AS bin, count(*) AS trips
FROM delivery_outcomes WHERE handed_over_at IS NOT NULL AND distance_km IS NOT NULL GROUP BY 1, 2, 3 WITH NO DATA;

CREATE MATERIALIZED VIEW IF NOT EXISTS weight_times_1d
WITH (timescaledb.continuous, timescaledb.materialized_only = false) AS
SELECT time_bucket(INTERVAL '1 day', delivered_at) AS bucket,
       width_bucket(weight_g, ARRAY[0, 500, 1000, 2000, 5000, 10000, 20000]) AS class,
       duration_bin(handed_over_at, delivered_at) AS bin, count(*) AS trips
FROM delivery_outcomes WHERE handed_over_at IS NOT NULL AND weight_g IS NOT NULL GROUP BY 1, 2, 3 WITH NO DATA;
COMMENT ON VIEW distance_times_1d IS 'band: 1 below 25 km, 2 below 50, 3 below 100, 4 below 200, 5 below 400, 6 below 700, 7 below 1000, 8 below 1500, 9 below 2000, 10 below 2500, 11 beyond.';
COMMENT ON VIEW weight_times_1d IS 'class: 1 below 500 g, 2 below 1 kg, 3 below 2 kg, 4 below 5 kg, 5 below 10 kg, 6 below 20 kg, 7 beyond.';

-- For maps: where customers and sellers are is looked up when read, because a rollup would not see coordinates that come later.
CREATE MATERIALIZED VIEW IF NOT EXISTS customer_zips_1d
WITH (timescaledb.continuous, timescaledb.materialized_only = false) AS
SELECT time_bucket(INTERVAL '1 day', delivered_at) AS bucket, customer_zip AS zip, count(*) AS deliveries,
       count(*) FILTER (WHERE delivered_at > promised_at) AS late, count(delivered_at - handed_over_at) AS transits,
       sum(extract(epoch FROM delivered_at - handed_over_at)) AS transit_seconds
FROM delivery_outcomes WHERE customer_zip IS NOT NULL GROUP BY 1, 2 WITH NO DATA;

CREATE MATERIALIZED VIEW IF NOT EXISTS seller_zips_1d
WITH (timescaledb.continuous, timescaledb.materialized_only = false) AS
SELECT time_bucket(INTERVAL '1 day', delivered_at) AS bucket, seller_zip AS zip, count(*) AS deliveries,
       count(handed_over_at - approved_at) AS preparations,
       sum(extract(epoch FROM handed_over_at - approved_at)) AS preparation_seconds
FROM delivery_outcomes WHERE seller_zip IS NOT NULL GROUP BY 1, 2 WITH NO DATA;

CREATE MATERIALIZED VIEW IF NOT EXISTS reviews_1d
WITH (timescaledb.continuous, timescaledb.materialized_only = false) AS
SELECT time_bucket(INTERVAL '1 day', occurred_at) AS bucket, score, count(*) AS reviews
FROM reviews GROUP BY 1, 2 WITH NO DATA;

-- What people wrote is theirs; what it complains of may be counted.
CREATE OR REPLACE VIEW reviews_masked AS
SELECT occurred_at, order_id, score, reasons FROM reviews;
COMMENT ON VIEW reviews_masked IS 'reviews without title and comment.';

DO $$
DECLARE
    rollup text;
BEGIN
    FOREACH rollup IN ARRAY ARRAY['sales_lines_1h', 'sales_orders_1h'] LOOP
        PERFORM add_continuous_aggregate_policy(rollup::regclass, start_offset => NULL, end_offset => INTERVAL '1 hour',
            schedule_interval => INTERVAL '30 minutes', buckets_per_batch => 0, if_not_exists => true);
    END LOOP;
    FOREACH rollup IN ARRAY ARRAY['sales_lines_1d', 'sales_orders_1d', 'order_values_1d', 'stages_1d', 'stage_times_1d',
                                  'promise_errors_1d', 'routes_1d', 'distance_times_1d', 'weight_times_1d',
                                  'customer_zips_1d', 'seller_zips_1d', 'reviews_1d'] LOOP
        PERFORM add_continuous_aggregate_policy(rollup::regclass, start_offset => NULL, end_offset => INTERVAL '1 day',
            schedule_interval => INTERVAL '1 hour', buckets_per_batch => 0, if_not_exists => true);
    END LOOP;
END
$$;

-- Graphs of years are by week: days of a small shop are noise.
CREATE OR REPLACE FUNCTION dashboard_days(begun timestamptz, ended timestamptz) RETURNS interval
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN ended - begun > INTERVAL '120 days' THEN INTERVAL '7 days' ELSE INTERVAL '1 day' END
$$;
COMMENT ON FUNCTION dashboard_days IS 'Time between two points of a graph that is made of days.';

-- Orders at risk are looked for by how likely they are to be late: one in ten or so.
CREATE INDEX IF NOT EXISTS delivery_risks_high ON delivery_risks (assessed_at DESC) WHERE probability >= 0.3;

GRANT SELECT ON sales_lines_1h, sales_lines_1d, sales_orders_1h, sales_orders_1d, sales_1h, sales_1d, order_values_1d,
                stages_1d, stage_times_1d, promise_errors_1d, routes_1d, distance_times_1d, weight_times_1d, customer_zips_1d,
                seller_zips_1d, reviews_1d, delivery_stages, reviews_masked
    TO holdfast_writer, holdfast_bot, grafana_reader;
