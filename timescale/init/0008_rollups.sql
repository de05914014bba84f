-- Rollups instead of a hand-made metrics_window table: 1 minute -> 30 minutes -> 1 hour -> 1 day, each made from the
-- one below, real-time (rows newer than the last refresh are added when read).
-- Never refreshed here: that cannot run inside a transaction, and the files do.

CREATE MATERIALIZED VIEW IF NOT EXISTS state_deltas_1m
WITH (timescaledb.continuous, timescaledb.materialized_only = false) AS
SELECT time_bucket(INTERVAL '1 minute', at) AS bucket, kind, sum(delta)::bigint AS delta
FROM state_deltas GROUP BY 1, 2 WITH NO DATA;

CREATE MATERIALIZED VIEW IF NOT EXISTS state_deltas_30m
WITH (timescaledb.continuous, timescaledb.materialized_only = false) AS
SELECT time_bucket(INTERVAL '30 minutes', bucket) AS bucket, kind, sum(delta)::bigint AS delta
FROM state_deltas_1m GROUP BY 1, 2 WITH NO DATA;

CREATE MATERIALIZED VIEW IF NOT EXISTS state_deltas_1h
WITH (timescaledb.continuous, timescaledb.materialized_only = false) AS
SELECT time_bucket(INTERVAL '1 hour', bucket) AS bucket, kind, sum(delta)::bigint AS delta
FROM state_deltas_30m GROUP BY 1, 2 WITH NO DATA;

CREATE MATERIALIZED VIEW IF NOT EXISTS state_deltas_1d
WITH (timescaledb.continuous, timescaledb.materialized_only = false) AS
SELECT time_bucket(INTERVAL '1 day', bucket) AS bucket, kind, sum(delta)::bigint AS delta
FROM state_deltas_1h GROUP BY 1, 2 WITH NO DATA;

-- Events by event time.
CREATE MATERIALIZED VIEW IF NOT EXISTS events_1m
WITH (timescaledb.continuous, timescaledb.materialized_only = false) AS
SELECT time_bucket(INTERVAL '1 minute', occurred_at) AS bucket, event_type,
       count(*) AS events, count(reason_code) AS errors
FROM events GROUP BY 1, 2 WITH NO DATA;

CREATE MATERIALIZED VIEW IF NOT EXISTS events_30m
WITH (timescaledb.continuous, timescaledb.materialized_only = false) AS
SELECT time_bucket(INTERVAL '30 minutes', bucket) AS bucket, event_type,
       sum(events)::bigint AS events, sum(errors)::bigint AS errors
FROM events_1m GROUP BY 1, 2 WITH NO DATA;

CREATE MATERIALIZED VIEW IF NOT EXISTS events_1h
WITH (timescaledb.continuous, timescaledb.materialized_only = false) AS
SELECT time_bucket(INTERVAL '1 hour', bucket) AS bucket, event_type,
       sum(events)::bigint AS events, sum(errors)::bigint AS errors
FROM events_30m GROUP BY 1, 2 WITH NO DATA;

CREATE MATERIALIZED VIEW IF NOT EXISTS events_1d
WITH (timescaledb.continuous, timescaledb.materialized_only = false) AS
SELECT time_bucket(INTERVAL '1 day', bucket) AS bucket, event_type,
       sum(events)::bigint AS events, sum(errors)::bigint AS errors
FROM events_1h GROUP BY 1, 2 WITH NO DATA;

-- Accepted records by the time Kafka gave them.
CREATE MATERIALIZED VIEW IF NOT EXISTS records_1m
WITH (timescaledb.continuous, timescaledb.materialized_only = false) AS
SELECT time_bucket(INTERVAL '1 minute', kafka_timestamp) AS bucket, topic, count(*) AS records
FROM orders_raw GROUP BY 1, 2 WITH NO DATA;

CREATE MATERIALIZED VIEW IF NOT EXISTS records_30m
WITH (timescaledb.continuous, timescaledb.materialized_only = false) AS
SELECT time_bucket(INTERVAL '30 minutes', bucket) AS bucket, topic, sum(records)::bigint AS records
FROM records_1m GROUP BY 1, 2 WITH NO DATA;

CREATE MATERIALIZED VIEW IF NOT EXISTS records_1h
WITH (timescaledb.continuous, timescaledb.materialized_only = false) AS
SELECT time_bucket(INTERVAL '1 hour', bucket) AS bucket, topic, sum(records)::bigint AS records
FROM records_30m GROUP BY 1, 2 WITH NO DATA;

CREATE MATERIALIZED VIEW IF NOT EXISTS records_1d
WITH (timescaledb.continuous, timescaledb.materialized_only = false) AS
SELECT time_bucket(INTERVAL '1 day', bucket) AS bucket, topic, sum(records)::bigint AS records
FROM records_1h GROUP BY 1, 2 WITH NO DATA;

-- Delay histograms. From 30 minutes up: at one minute there would be nearly a row an event. Percentiles cannot be
-- rolled up, counts of log-spaced bins can: a bin is at most 2.5 % off.
CREATE MATERIALIZED VIEW IF NOT EXISTS delays_30m
WITH (timescaledb.continuous, timescaledb.materialized_only = false) AS
SELECT time_bucket(INTERVAL '30 minutes', kafka_timestamp) AS bucket, delay_bin, count(*) AS records
FROM orders_raw GROUP BY 1, 2 WITH NO DATA;

CREATE MATERIALIZED VIEW IF NOT EXISTS delays_1h
WITH (timescaledb.continuous, timescaledb.materialized_only = false) AS
SELECT time_bucket(INTERVAL '1 hour', bucket) AS bucket, delay_bin, sum(records)::bigint AS records
FROM delays_30m GROUP BY 1, 2 WITH NO DATA;

CREATE MATERIALIZED VIEW IF NOT EXISTS delays_1d
WITH (timescaledb.continuous, timescaledb.materialized_only = false) AS
SELECT time_bucket(INTERVAL '1 day', bucket) AS bucket, delay_bin, sum(records)::bigint AS records
FROM delays_1h GROUP BY 1, 2 WITH NO DATA;
