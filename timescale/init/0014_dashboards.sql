-- What the dashboards read: rollups of how long orders take, indexes for lists, and views without personal data.

-- Legs of an order's way. A table, because a rollup can join one and cannot unnest: one row an order becomes one a leg.
CREATE TABLE IF NOT EXISTS order_legs (
    leg      text    PRIMARY KEY,
    position integer NOT NULL
);
INSERT INTO order_legs (leg, position) VALUES
    ('created to paid', 1), ('paid to picking', 2), ('picking to packed', 3), ('packed to shipped', 4),
    ('shipped to delivered', 5), ('created to delivered', 6)
ON CONFLICT DO NOTHING;
COMMENT ON TABLE order_legs IS 'The legs that lead_times_1h and _1d measure.';

CREATE OR REPLACE FUNCTION duration_bin(begun timestamptz, ended timestamptz) RETURNS smallint
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN ended > begun
                THEN round(ln(date_part('epoch', ended - begun)) / ln(1.05::double precision))::smallint
                ELSE (-32768)::smallint END
$$;
CREATE OR REPLACE FUNCTION bin_seconds(bin smallint) RETURNS double precision
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE bin WHEN -32768 THEN 0 ELSE power(1.05::double precision, bin) END
$$;
COMMENT ON FUNCTION duration_bin IS 'Histogram bin of a duration, as orders_raw.delay_bin: round(log(seconds) / log(1.05)); -32768 for none.';
COMMENT ON FUNCTION bin_seconds IS 'Seconds that a histogram bin stands for, at most 2.5 % off.';

-- One answer for all boards to "which rollup, and how far apart are the points": by minutes up to a day or so, by half
-- hours for a week, by hours for a month. Never closer than Grafana asks for.
CREATE OR REPLACE FUNCTION dashboard_grain(interval_ms bigint) RETURNS interval LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT make_interval(secs => CASE
        WHEN interval_ms < 300000 THEN greatest(interval_ms, 60000)
        WHEN interval_ms < 1800000 THEN 1800000
        ELSE greatest(interval_ms, 3600000)
    END / 1000.0)
$$;
CREATE OR REPLACE FUNCTION dashboard_start(span_start timestamptz, interval_ms bigint) RETURNS timestamptz
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN interval_ms < 300000 THEN time_bucket(INTERVAL '1 minute', span_start + INTERVAL '59.999999 seconds')
        WHEN interval_ms < 1800000 THEN time_bucket(INTERVAL '30 minutes', span_start + INTERVAL '1799.999999 seconds')
        ELSE time_bucket(INTERVAL '1 hour', span_start + INTERVAL '3599.999999 seconds')
    END
$$;
COMMENT ON FUNCTION dashboard_start IS 'First bucket, of the rollup that dashboard_grain stands for, that begins within the span.';
COMMENT ON FUNCTION dashboard_grain IS 'Time between two points of a graph for which Grafana asks for one every interval_ms.';

-- By the hour in which an order began, which never changes: a leg that ends days later is added to that hour.
CREATE MATERIALIZED VIEW IF NOT EXISTS lead_times_1h
WITH (timescaledb.continuous, timescaledb.materialized_only = false) AS
SELECT time_bucket(INTERVAL '1 hour', o.partition_at) AS bucket, l.leg,
       CASE l.position
           WHEN 1 THEN duration_bin(coalesce(o.created_event_at, o.first_event_at), o.paid_at)
           WHEN 2 THEN duration_bin(o.paid_at, o.picking_at)
           WHEN 3 THEN duration_bin(o.picking_at, o.packed_at)
           WHEN 4 THEN duration_bin(o.packed_at, o.shipped_at)
           WHEN 5 THEN duration_bin(o.shipped_at, o.delivered_at)
           ELSE duration_bin(coalesce(o.created_event_at, o.first_event_at), o.delivered_at)
       END AS bin,
       count(*) AS orders
FROM orders o JOIN order_legs l
  ON CASE l.position
         WHEN 1 THEN o.paid_at IS NOT NULL
         WHEN 2 THEN o.paid_at IS NOT NULL AND o.picking_at IS NOT NULL
         WHEN 3 THEN o.picking_at IS NOT NULL AND o.packed_at IS NOT NULL
         WHEN 4 THEN o.packed_at IS NOT NULL AND o.shipped_at IS NOT NULL
         WHEN 5 THEN o.shipped_at IS NOT NULL AND o.delivered_at IS NOT NULL
         ELSE o.delivered_at IS NOT NULL
     END
GROUP BY 1, 2, 3 WITH NO DATA;

CREATE MATERIALIZED VIEW IF NOT EXISTS lead_times_1d
WITH (timescaledb.continuous, timescaledb.materialized_only = false) AS
SELECT time_bucket(INTERVAL '1 day', bucket) AS bucket, leg, bin, sum(orders)::bigint AS orders
FROM lead_times_1h GROUP BY 1, 2, 3 WITH NO DATA;

CREATE MATERIALIZED VIEW IF NOT EXISTS deliveries_1h
WITH (timescaledb.continuous, timescaledb.materialized_only = false) AS
SELECT time_bucket(INTERVAL '1 hour', partition_at) AS bucket, coalesce(region, 'unknown') AS region,
       count(*) AS orders,
       count(canceled_at) AS canceled,
       count(delivered_at) AS delivered,
       count(*) FILTER (WHERE delivered_at IS NOT NULL AND promised_at IS NOT NULL) AS promised,
       count(*) FILTER (WHERE delivered_at > promised_at) AS delayed
FROM orders GROUP BY 1, 2 WITH NO DATA;

CREATE MATERIALIZED VIEW IF NOT EXISTS deliveries_1d
WITH (timescaledb.continuous, timescaledb.materialized_only = false) AS
SELECT time_bucket(INTERVAL '1 day', bucket) AS bucket, region,
       sum(orders)::bigint AS orders, sum(canceled)::bigint AS canceled, sum(delivered)::bigint AS delivered,
       sum(promised)::bigint AS promised, sum(delayed)::bigint AS delayed
FROM deliveries_1h GROUP BY 1, 2 WITH NO DATA;

-- Seldom: an order changes for a week, so each refresh counts about a week of them anew.
DO $$
DECLARE
    rollup text;
BEGIN
    FOREACH rollup IN ARRAY ARRAY['lead_times', 'deliveries'] LOOP
        PERFORM add_continuous_aggregate_policy((rollup || '_1h')::regclass, start_offset => NULL,
            end_offset => INTERVAL '1 hour', schedule_interval => INTERVAL '30 minutes', buckets_per_batch => 0,
            if_not_exists => true);
        PERFORM add_continuous_aggregate_policy((rollup || '_1d')::regclass, start_offset => NULL,
            end_offset => INTERVAL '1 day', schedule_interval => INTERVAL '1 hour', buckets_per_batch => 0,
            if_not_exists => true);
    END LOOP;
END
$$;

-- Orders that are neither DELIVERED nor CANCELED: what is stuck, late or waiting is among them. The key never changes,
-- so that an order's updates stay within their page (HOT) until its last.
CREATE INDEX IF NOT EXISTS orders_open ON orders (partition_at) WHERE delivered_at IS NULL AND canceled_at IS NULL;
-- Lists by time, newest first. Rows come nearly in the order of time, so that the writer adds at the right-hand edge.
CREATE INDEX IF NOT EXISTS orders_time ON orders (partition_at DESC);
CREATE INDEX IF NOT EXISTS events_time ON events (occurred_at DESC);
CREATE INDEX IF NOT EXISTS events_errors ON events (occurred_at) WHERE reason_code IS NOT NULL;
CREATE INDEX IF NOT EXISTS alerts_opened ON alerts (opened_at DESC);

-- Personal data: grafana_reader sees it masked, unless it is made a member of personal_data_reader.
DO $$
BEGIN
    CREATE ROLE personal_data_reader NOLOGIN;
EXCEPTION
    -- Roles belong to the whole server: another database of it, or another migrator, may have made it.
    WHEN duplicate_object OR unique_violation THEN NULL;
END
$$;

CREATE OR REPLACE FUNCTION mask_personal(value text) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN pg_has_role(current_user, 'personal_data_reader', 'MEMBER') THEN value
        WHEN length(value) <= 3 THEN '***'
        ELSE left(value, 3) || '***'
    END
$$;
CREATE OR REPLACE FUNCTION mask_evidence(evidence jsonb) RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN evidence ? 'user_id'
                THEN evidence || jsonb_build_object('user_id', mask_personal(evidence->>'user_id'))
                ELSE evidence END
$$;
COMMENT ON FUNCTION mask_personal IS 'The first three characters, or everything for a member of personal_data_reader.';

CREATE OR REPLACE VIEW orders_masked AS
SELECT order_id, mask_personal(user_id) AS user_id, product_id, product_name,
       mask_personal(shipping_address) AS shipping_address, quantity, amount, currency, channel, region, seller_id,
       promised_at, current_stage, current_status, folded_status, last_event_type, last_occurred_at, event_produced_at,
       latency_p_to_k_sec, latency_p_to_d_sec, hold_reason_code, hold_ops_status, hold_ops_note, hold_ops_operator,
       hold_ops_updated_at, hold_opened_at, row_reference_id, created_at, first_event_at, created_event_at, paid_at,
       picking_at, packed_at, shipped_at, delivered_at, canceled_at, left_paid_at, partition_at, ingested_at
FROM orders_current;

-- What is under way, without the holds and without personal data: counted and sorted by age again and again.
CREATE OR REPLACE VIEW orders_open_now AS
SELECT order_id, partition_at, product_id, product_name, quantity, amount, currency, channel, region, seller_id,
       promised_at, current_stage, current_status, last_event_type, last_occurred_at, first_event_at, created_event_at,
       paid_at, picking_at, packed_at, shipped_at, left_paid_at
FROM orders WHERE delivered_at IS NULL AND canceled_at IS NULL;

CREATE OR REPLACE VIEW holds_masked AS
SELECT hold_id, order_id, reason_code, episode, status, mask_evidence(evidence) AS evidence, opened_at, closed_at,
       ops_status, ops_operator, ops_note, ops_updated_at, created_at
FROM holds;

CREATE OR REPLACE VIEW alerts_masked AS
SELECT alert_id, dedup_key, kind, severity, status, version, previous_status, status_since, subject,
       mask_evidence(evidence) AS evidence, order_id, hold_id, log_id, opened_at, snoozed_until, ops_operator,
       ops_operator_id, ops_note, group_key, created_at, updated_at
FROM alerts;

-- Without key, headers and bytes: nobody knows what is in a record that could not be read.
CREATE OR REPLACE VIEW rejected_records AS
SELECT log_id, error_type, error_text, kafka_topic, epoch, partition, kafka_offset, kafka_timestamp,
       octet_length(original) AS bytes, occurred_at
FROM pipeline_error_logs;

GRANT SELECT ON orders_masked, orders_open_now, holds_masked, alerts_masked, rejected_records, order_legs,
                lead_times_1h, lead_times_1d, deliveries_1h, deliveries_1d TO holdfast_writer, holdfast_bot, grafana_reader;
REVOKE SELECT ON orders, orders_current, orders_raw, holds, alerts, arrivals, customers, pipeline_error_logs,
                 kafka_outbox FROM grafana_reader;
