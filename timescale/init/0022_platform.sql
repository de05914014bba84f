-- A platform of restaurants, riders and customers: what they say, the series that are made of it, and what is unusual in these.

ALTER TABLE payments ADD COLUMN IF NOT EXISTS region text;
ALTER TABLE payments ADD COLUMN IF NOT EXISTS reason text;
COMMENT ON COLUMN payments.region IS 'Of the order.';
COMMENT ON COLUMN payments.reason IS 'FAILED: error code of the payment service.';
CREATE INDEX IF NOT EXISTS payments_time ON payments (occurred_at);

CREATE TABLE IF NOT EXISTS deliveries (
    occurred_at   timestamptz NOT NULL,
    order_id      text        NOT NULL,
    event_id      text        NOT NULL,
    content_hash  bigint      NOT NULL,
    event_type    text        NOT NULL,
    rider_id      text,
    restaurant_id text,
    region        text,
    promised_at   timestamptz,
    reason        text,
    distance_km   double precision,
    route_seconds double precision,
    ingested_at   timestamptz NOT NULL DEFAULT now()
);
SELECT create_hypertable('deliveries', by_range('occurred_at', INTERVAL '7 days'),
                         create_default_indexes => false, if_not_exists => true);
CREATE UNIQUE INDEX IF NOT EXISTS deliveries_identity ON deliveries (order_id, occurred_at, content_hash);
CREATE INDEX IF NOT EXISTS deliveries_time ON deliveries (occurred_at);
COMMENT ON COLUMN deliveries.event_type IS 'ASSIGNED, HANDED_OVER, IN_TRANSIT, DELIVERED, FAILED.';
COMMENT ON COLUMN deliveries.region IS 'Where it is delivered.';
COMMENT ON COLUMN deliveries.reason IS 'FAILED: why.';
COMMENT ON COLUMN deliveries.route_seconds IS 'Time that routing plans for the route.';

CREATE TABLE IF NOT EXISTS riders (
    occurred_at  timestamptz NOT NULL,
    rider_id     text        NOT NULL,
    event_id     text        NOT NULL,
    content_hash bigint      NOT NULL,
    event_type   text        NOT NULL,
    region       text,
    latitude     double precision,
    longitude    double precision,
    ingested_at  timestamptz NOT NULL DEFAULT now()
);
SELECT create_hypertable('riders', by_range('occurred_at', INTERVAL '7 days'),
                         create_default_indexes => false, if_not_exists => true);
CREATE UNIQUE INDEX IF NOT EXISTS riders_identity ON riders (rider_id, occurred_at, content_hash);
CREATE INDEX IF NOT EXISTS riders_time ON riders (occurred_at);
COMMENT ON COLUMN riders.event_type IS 'ONLINE (waits for an order), BUSY (carries one), OFFLINE. Said at every change, and at least every five minutes.';

CREATE TABLE IF NOT EXISTS restaurants (
    occurred_at   timestamptz NOT NULL,
    restaurant_id text        NOT NULL,
    event_id      text        NOT NULL,
    content_hash  bigint      NOT NULL,
    event_type    text        NOT NULL,
    order_id      text,
    region        text,
    reason        text,
    latency_ms    numeric,
    prep_seconds  numeric,
    ingested_at   timestamptz NOT NULL DEFAULT now()
);
SELECT create_hypertable('restaurants', by_range('occurred_at', INTERVAL '7 days'),
                         create_default_indexes => false, if_not_exists => true);
CREATE UNIQUE INDEX IF NOT EXISTS restaurants_identity ON restaurants (restaurant_id, occurred_at, content_hash);
CREATE INDEX IF NOT EXISTS restaurants_time ON restaurants (occurred_at);
COMMENT ON TABLE restaurants IS 'What restaurants, or any merchants, say: of orders, of their opening, that their system is there.';
COMMENT ON COLUMN restaurants.event_type IS 'ACCEPTED, REFUSED, PREP_STARTED, READY, OPEN, CLOSED, HEARTBEAT.';
COMMENT ON COLUMN restaurants.reason IS 'REFUSED: INGREDIENTS_OUT, STAFF_SHORT, SYSTEM_ERROR, OTHER.';
COMMENT ON COLUMN restaurants.latency_ms IS 'ACCEPTED, REFUSED: until it answered; HEARTBEAT: until its system did.';
COMMENT ON COLUMN restaurants.prep_seconds IS 'READY: how long the order took to prepare.';

-- Milestones of orders as facts that rollups can count, written in the order of event time. Seconds are exact (numeric), so
-- that no order of summing makes a difference.
CREATE TABLE IF NOT EXISTS order_facts (
    at              timestamptz NOT NULL,
    order_id        text        NOT NULL,
    kind            text        NOT NULL
                    CHECK (kind IN ('CREATED', 'APPROVED', 'HANDED_OVER', 'DELIVERED', 'CANCELED', 'REVIEWED')),
    region          text,
    restaurant_id   text,
    amount          numeric,
    total_seconds   numeric,
    transit_seconds numeric,
    promised_at     timestamptz,
    score           smallint
);
SELECT create_hypertable('order_facts', by_range('at', INTERVAL '7 days'),
                         create_default_indexes => false, if_not_exists => true);
CREATE UNIQUE INDEX IF NOT EXISTS order_facts_identity ON order_facts (order_id, kind, at);
CREATE INDEX IF NOT EXISTS order_facts_time ON order_facts (at);
COMMENT ON TABLE order_facts IS 'One row a milestone, with its order as it was known then. Of two reviews of an order at one moment one is here.';
COMMENT ON COLUMN order_facts.restaurant_id IS 'Seller of the order, or of its first line.';
COMMENT ON COLUMN order_facts.total_seconds IS 'DELIVERED: since the order was placed; null where that is not known, or lies after it.';
COMMENT ON COLUMN order_facts.transit_seconds IS 'DELIVERED: since it was handed over; null as above.';
COMMENT ON COLUMN order_facts.score IS 'REVIEWED: 1 to 5.';

-- What was seen of each series in each step, and what had been expected of it.
CREATE TABLE IF NOT EXISTS series_points (
    at         timestamptz      NOT NULL,
    series_key text             NOT NULL,
    sum        double precision NOT NULL,
    n          double precision NOT NULL,
    squares    double precision,
    observed   double precision,
    expected   double precision,
    low        double precision,
    high       double precision,
    score      double precision NOT NULL,
    deviation  double precision NOT NULL,
    anomalous  boolean          NOT NULL
);
SELECT create_hypertable('series_points', by_range('at', INTERVAL '7 days'),
                         create_default_indexes => false, if_not_exists => true);
CREATE UNIQUE INDEX IF NOT EXISTS series_points_identity ON series_points (series_key, at);
CREATE INDEX IF NOT EXISTS series_points_time ON series_points (at);
COMMENT ON COLUMN series_points.at IS 'Start of the step.';
COMMENT ON COLUMN series_points.series_key IS 'metric|dimension=value, such as orders|region=Gangnam-gu.';
COMMENT ON COLUMN series_points.sum IS 'Of a count: the count; of a rate: the numerator; of a mean: the sum; of a gauge: its value.';
COMMENT ON COLUMN series_points.n IS 'Of a rate: the denominator; of a mean: how many were measured; else 1.';
COMMENT ON COLUMN series_points.expected IS 'By the steps before; low and high are the ends of the band. Null while a series is too new.';
COMMENT ON COLUMN series_points.score IS '0..1, comparable between series: 0.5 is the edge of what is anomalous.';
COMMENT ON COLUMN series_points.deviation IS 'In standard deviations; positive: above what was expected.';

-- What detectors remember. Written now and then; what came after observed_to is learnt again from series_points.
CREATE TABLE IF NOT EXISTS detector_states (
    series_key  text        PRIMARY KEY,
    detector    bytea       NOT NULL,
    tracker     bytea       NOT NULL,
    observed_to timestamptz NOT NULL,
    seen_at     timestamptz NOT NULL
);
COMMENT ON COLUMN detector_states.observed_to IS 'End of the last step that is in the state.';
COMMENT ON COLUMN detector_states.seen_at IS 'Start of the last step in which something was heard of the series, up to observed_to.';

CREATE TABLE IF NOT EXISTS detection_progress (
    only_row     boolean     PRIMARY KEY DEFAULT true CHECK (only_row),
    observed_to  timestamptz NOT NULL,
    heard_to     timestamptz NOT NULL,
    step         interval    NOT NULL
) WITH (fillfactor = 50);
COMMENT ON TABLE detection_progress IS 'How far series have been judged. Without a row: no restaurant, rider or delivery has been heard of yet.';
COMMENT ON COLUMN detection_progress.observed_to IS 'End of the last step that was judged.';
COMMENT ON COLUMN detection_progress.heard_to IS 'End of the last step of which something was heard.';
COMMENT ON COLUMN detection_progress.step IS 'HOLDFAST_DETECTION_STEP_SECONDS of the processor.';

-- A row is a finding: a time in which a series was not as expected. Changed while it lasts.
ALTER TABLE anomalies ADD COLUMN IF NOT EXISTS finding_id text;
ALTER TABLE anomalies ADD COLUMN IF NOT EXISTS noticed_at timestamptz;
ALTER TABLE anomalies ADD COLUMN IF NOT EXISTS ended_at timestamptz;
ALTER TABLE anomalies ADD COLUMN IF NOT EXISTS metric text;
ALTER TABLE anomalies ADD COLUMN IF NOT EXISTS dimension text;
ALTER TABLE anomalies ADD COLUMN IF NOT EXISTS value text;
ALTER TABLE anomalies ADD COLUMN IF NOT EXISTS direction text;
ALTER TABLE anomalies ADD COLUMN IF NOT EXISTS deviation double precision;
ALTER TABLE anomalies ADD COLUMN IF NOT EXISTS peak_at timestamptz;
ALTER TABLE anomalies ADD COLUMN IF NOT EXISTS observed_sum double precision;
ALTER TABLE anomalies ADD COLUMN IF NOT EXISTS expected_sum double precision;
ALTER TABLE anomalies ADD COLUMN IF NOT EXISTS steps integer;
ALTER TABLE anomalies ADD COLUMN IF NOT EXISTS incident_id text;
ALTER TABLE anomalies ADD COLUMN IF NOT EXISTS updated_at timestamptz;
CREATE INDEX IF NOT EXISTS anomalies_open ON anomalies (at) WHERE ended_at IS NULL;
CREATE INDEX IF NOT EXISTS anomalies_time ON anomalies (at DESC);
COMMENT ON TABLE anomalies IS 'Findings of the detectors.';
COMMENT ON COLUMN anomalies.at IS 'Start of the first step that was unlike what was expected.';
COMMENT ON COLUMN anomalies.finding_id IS 'series_key@at';
COMMENT ON COLUMN anomalies.noticed_at IS 'Start of the step with which it was noticed.';
COMMENT ON COLUMN anomalies.ended_at IS 'End of the last step that deviated; null while it lasts.';
COMMENT ON COLUMN anomalies.direction IS 'UP, DOWN.';
COMMENT ON COLUMN anomalies.observed IS 'At its peak, as expected, band_low, band_high, score and deviation.';
COMMENT ON COLUMN anomalies.peak_at IS 'Start of the step that deviated most.';
COMMENT ON COLUMN anomalies.observed_sum IS 'Over its steps; with expected_sum the size of the effect.';
COMMENT ON COLUMN anomalies.value IS 'Of the dimension: which region, restaurant, rider or method.';
COMMENT ON COLUMN anomalies.updated_at IS 'Event time of the last change.';

-- Rollups, by event time: 1 minute, 1 hour, 1 day, each made of the one before.
CREATE MATERIALIZED VIEW IF NOT EXISTS order_facts_1m
WITH (timescaledb.continuous, timescaledb.materialized_only = false) AS
SELECT time_bucket(INTERVAL '1 minute', at) AS bucket, kind, coalesce(region, 'unknown') AS region, count(*) AS orders,
       coalesce(sum(amount), 0) AS amount, count(amount) AS amounts,
       coalesce(sum(total_seconds), 0) AS total_seconds, count(total_seconds) AS totals,
       coalesce(sum(transit_seconds), 0) AS transit_seconds, count(transit_seconds) AS transits,
       count(*) FILTER (WHERE kind = 'DELIVERED' AND at > promised_at) AS late, coalesce(sum(score), 0)::bigint AS score
FROM order_facts GROUP BY 1, 2, 3 WITH NO DATA;

CREATE MATERIALIZED VIEW IF NOT EXISTS order_facts_1h
WITH (timescaledb.continuous, timescaledb.materialized_only = false) AS
SELECT time_bucket(INTERVAL '1 hour', bucket) AS bucket, kind, region, sum(orders)::bigint AS orders, sum(amount) AS amount,
       sum(amounts)::bigint AS amounts, sum(total_seconds) AS total_seconds, sum(totals)::bigint AS totals,
       sum(transit_seconds) AS transit_seconds, sum(transits)::bigint AS transits, sum(late)::bigint AS late,
       sum(score)::bigint AS score
FROM order_facts_1m GROUP BY 1, 2, 3 WITH NO DATA;

CREATE MATERIALIZED VIEW IF NOT EXISTS order_facts_1d
WITH (timescaledb.continuous, timescaledb.materialized_only = false) AS
SELECT time_bucket(INTERVAL '1 day', bucket) AS bucket, kind, region, sum(orders)::bigint AS orders, sum(amount) AS amount,
       sum(amounts)::bigint AS amounts, sum(total_seconds) AS total_seconds, sum(totals)::bigint AS totals,
       sum(transit_seconds) AS transit_seconds, sum(transits)::bigint AS transits, sum(late)::bigint AS late,
       sum(score)::bigint AS score
FROM order_facts_1h GROUP BY 1, 2, 3 WITH NO DATA;

CREATE MATERIALIZED VIEW IF NOT EXISTS delivery_events_1m
WITH (timescaledb.continuous, timescaledb.materialized_only = false) AS
SELECT time_bucket(INTERVAL '1 minute', occurred_at) AS bucket, coalesce(region, 'unknown') AS region, event_type, reason,
       count(*) AS events
FROM deliveries GROUP BY 1, 2, 3, 4 WITH NO DATA;

CREATE MATERIALIZED VIEW IF NOT EXISTS delivery_events_1h
WITH (timescaledb.continuous, timescaledb.materialized_only = false) AS
SELECT time_bucket(INTERVAL '1 hour', bucket) AS bucket, region, event_type, reason, sum(events)::bigint AS events
FROM delivery_events_1m GROUP BY 1, 2, 3, 4 WITH NO DATA;

CREATE MATERIALIZED VIEW IF NOT EXISTS delivery_events_1d
WITH (timescaledb.continuous, timescaledb.materialized_only = false) AS
SELECT time_bucket(INTERVAL '1 day', bucket) AS bucket, region, event_type, reason, sum(events)::bigint AS events
FROM delivery_events_1h GROUP BY 1, 2, 3, 4 WITH NO DATA;

CREATE MATERIALIZED VIEW IF NOT EXISTS restaurants_1m
WITH (timescaledb.continuous, timescaledb.materialized_only = false) AS
SELECT time_bucket(INTERVAL '1 minute', occurred_at) AS bucket, coalesce(region, 'unknown') AS region, event_type, reason,
       count(*) AS events, coalesce(sum(latency_ms), 0) AS latency_ms, count(latency_ms) AS latencies,
       coalesce(sum(prep_seconds), 0) AS prep_seconds, count(prep_seconds) AS preparations
FROM restaurants GROUP BY 1, 2, 3, 4 WITH NO DATA;

CREATE MATERIALIZED VIEW IF NOT EXISTS restaurants_1h
WITH (timescaledb.continuous, timescaledb.materialized_only = false) AS
SELECT time_bucket(INTERVAL '1 hour', bucket) AS bucket, region, event_type, reason, sum(events)::bigint AS events,
       sum(latency_ms) AS latency_ms, sum(latencies)::bigint AS latencies, sum(prep_seconds) AS prep_seconds,
       sum(preparations)::bigint AS preparations
FROM restaurants_1m GROUP BY 1, 2, 3, 4 WITH NO DATA;

CREATE MATERIALIZED VIEW IF NOT EXISTS restaurants_1d
WITH (timescaledb.continuous, timescaledb.materialized_only = false) AS
SELECT time_bucket(INTERVAL '1 day', bucket) AS bucket, region, event_type, reason, sum(events)::bigint AS events,
       sum(latency_ms) AS latency_ms, sum(latencies)::bigint AS latencies, sum(prep_seconds) AS prep_seconds,
       sum(preparations)::bigint AS preparations
FROM restaurants_1h GROUP BY 1, 2, 3, 4 WITH NO DATA;

CREATE MATERIALIZED VIEW IF NOT EXISTS payments_1m
WITH (timescaledb.continuous, timescaledb.materialized_only = false) AS
SELECT time_bucket(INTERVAL '1 minute', occurred_at) AS bucket, coalesce(region, 'unknown') AS region, method, event_type,
       reason, count(*) AS events, coalesce(sum(amount), 0) AS amount
FROM payments GROUP BY 1, 2, 3, 4, 5 WITH NO DATA;

CREATE MATERIALIZED VIEW IF NOT EXISTS payments_1h
WITH (timescaledb.continuous, timescaledb.materialized_only = false) AS
SELECT time_bucket(INTERVAL '1 hour', bucket) AS bucket, region, method, event_type, reason, sum(events)::bigint AS events,
       sum(amount) AS amount
FROM payments_1m GROUP BY 1, 2, 3, 4, 5 WITH NO DATA;

CREATE MATERIALIZED VIEW IF NOT EXISTS payments_1d
WITH (timescaledb.continuous, timescaledb.materialized_only = false) AS
SELECT time_bucket(INTERVAL '1 day', bucket) AS bucket, region, method, event_type, reason, sum(events)::bigint AS events,
       sum(amount) AS amount
FROM payments_1h GROUP BY 1, 2, 3, 4, 5 WITH NO DATA;
COMMENT ON VIEW order_facts_1m IS 'Milestones of orders. late: delivered after the promise; score: sum of the scores of reviews.';
COMMENT ON VIEW restaurants_1m IS 'latency_ms and prep_seconds are sums over latencies and preparations.';

DO $$
DECLARE
    family text;
    level  record;
BEGIN
    FOREACH family IN ARRAY ARRAY['order_facts', 'delivery_events', 'restaurants', 'payments'] LOOP
        FOR level IN
            SELECT * FROM (VALUES
                ('1m', INTERVAL '1 minute', INTERVAL '30 seconds'),
                ('1h', INTERVAL '1 hour',   INTERVAL '10 minutes'),
                ('1d', INTERVAL '1 day',    INTERVAL '1 hour')
            ) AS levels (suffix, end_offset, every)
        LOOP
            PERFORM add_continuous_aggregate_policy(
                (family || '_' || level.suffix)::regclass, start_offset => NULL, end_offset => level.end_offset,
                schedule_interval => level.every, buckets_per_batch => 0, if_not_exists => true);
        END LOOP;
    END LOOP;
END
$$;

-- Riders and series say something every few minutes for ever: what is old takes a twentieth of the space.
ALTER TABLE riders SET (timescaledb.compress, timescaledb.compress_orderby = 'rider_id, occurred_at');
SELECT add_compression_policy('riders', compress_after => INTERVAL '90 days', if_not_exists => true);
ALTER TABLE restaurants SET (timescaledb.compress, timescaledb.compress_orderby = 'restaurant_id, occurred_at');
SELECT add_compression_policy('restaurants', compress_after => INTERVAL '90 days', if_not_exists => true);
ALTER TABLE series_points SET (timescaledb.compress, timescaledb.compress_segmentby = 'series_key',
                               timescaledb.compress_orderby = 'at');
SELECT add_compression_policy('series_points', compress_after => INTERVAL '90 days', if_not_exists => true);

GRANT SELECT ON deliveries, riders, restaurants, order_facts, series_points, detector_states, detection_progress,
                order_facts_1m, order_facts_1h, order_facts_1d, delivery_events_1m, delivery_events_1h, delivery_events_1d,
                restaurants_1m, restaurants_1h, restaurants_1d, payments_1m, payments_1h, payments_1d
    TO holdfast_writer, holdfast_bot, grafana_reader;
-- Where a rider was when is nobody's business but dispatch's.
REVOKE SELECT ON riders, detector_states FROM grafana_reader;
GRANT INSERT ON deliveries, riders, restaurants, order_facts, series_points TO holdfast_writer;
GRANT INSERT, UPDATE ON anomalies, detection_progress TO holdfast_writer;
GRANT INSERT, UPDATE, DELETE ON detector_states TO holdfast_writer;
