-- What the service level objectives count, what came twice, and what keeps boards of a month fast.

-- "99 % of orders ship in time": each paid order is judged once, when event time has come to its limit. Counting states
-- at the clock instead would call orders late because the processor was behind, and take it back later.
CREATE TABLE IF NOT EXISTS orders_in_time (
    bucket timestamptz PRIMARY KEY,
    judged bigint      NOT NULL,
    late   bigint      NOT NULL CHECK (late BETWEEN 0 AND judged)
);
COMMENT ON TABLE orders_in_time IS 'Paid orders by the hour in which their time to leave PAID was over, and those of them that had not.';

CREATE TABLE IF NOT EXISTS orders_in_time_state (
    only_row   boolean     PRIMARY KEY DEFAULT true CHECK (only_row),
    paid_to    timestamptz,
    late_after interval    NOT NULL,
    judged     bigint      NOT NULL DEFAULT 0,
    late       bigint      NOT NULL DEFAULT 0
);
COMMENT ON TABLE orders_in_time_state IS 'How far orders_in_time has come, with its sums: they only ever grow.';
COMMENT ON COLUMN orders_in_time_state.paid_to IS 'Orders that were paid up to this moment have been judged; null: none yet.';
COMMENT ON COLUMN orders_in_time_state.late_after IS 'HOLDFAST_LATE_AFTER_MINUTES of the processor.';

CREATE OR REPLACE FUNCTION late_after() RETURNS interval LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT coalesce((SELECT late_after FROM orders_in_time_state), INTERVAL '2 hours')
$$;
COMMENT ON FUNCTION late_after IS 'How long an order may stay PAID: HOLDFAST_LATE_AFTER_MINUTES of the processor, its default before one has run.';

GRANT SELECT ON orders_in_time, orders_in_time_state TO holdfast_writer, holdfast_bot, grafana_reader;
GRANT INSERT, UPDATE ON orders_in_time, orders_in_time_state TO holdfast_writer;

-- Records of an order whose event was known already. orders_raw has them, too, but no way from an order to its records: an
-- index for that costs a writer of millions more than a row for each of the few that come twice.
CREATE TABLE IF NOT EXISTS event_copies (
    order_id        text        NOT NULL,
    occurred_at     timestamptz NOT NULL,
    content_hash    bigint      NOT NULL,
    topic           text        NOT NULL,
    partition       integer     NOT NULL,
    kafka_offset    bigint      NOT NULL,
    kafka_timestamp timestamptz NOT NULL,
    ingested_at     timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (order_id, occurred_at, content_hash, topic, partition, kafka_offset, kafka_timestamp)
);
COMMENT ON TABLE event_copies IS 'Further records of an event: the same event (order_id, occurred_at, content_hash), delivered again.';
GRANT SELECT ON event_copies TO holdfast_writer, holdfast_bot, grafana_reader;
GRANT INSERT ON event_copies TO holdfast_writer;

-- How people and programs acted on alerts, and how long after each was raised. The other table of the join may change, but
-- not what is read of it.
CREATE MATERIALIZED VIEW IF NOT EXISTS alert_actions_1h
WITH (timescaledb.continuous, timescaledb.materialized_only = false) AS
SELECT time_bucket(INTERVAL '1 hour', d.at) AS bucket, d.action, d.actor, d.source, d.status_before, d.status_after,
       duration_bin(a.created_at, d.at) AS bin, count(*) AS actions, max(d.at) AS latest
FROM alert_actions d JOIN alerts a ON a.alert_id = d.alert_id
GROUP BY 1, 2, 3, 4, 5, 6, 7 WITH NO DATA;

CREATE MATERIALIZED VIEW IF NOT EXISTS alert_actions_1d
WITH (timescaledb.continuous, timescaledb.materialized_only = false) AS
SELECT time_bucket(INTERVAL '1 day', bucket) AS bucket, action, actor, source, status_before, status_after, bin,
       sum(actions)::bigint AS actions, max(latest) AS latest
FROM alert_actions_1h GROUP BY 1, 2, 3, 4, 5, 6, 7 WITH NO DATA;

DO $$
BEGIN
    PERFORM add_continuous_aggregate_policy('alert_actions_1h', start_offset => NULL, end_offset => INTERVAL '1 hour',
        schedule_interval => INTERVAL '10 minutes', buckets_per_batch => 0, if_not_exists => true);
    PERFORM add_continuous_aggregate_policy('alert_actions_1d', start_offset => NULL, end_offset => INTERVAL '1 day',
        schedule_interval => INTERVAL '1 hour', buckets_per_batch => 0, if_not_exists => true);
END
$$;
GRANT SELECT ON alert_actions_1h, alert_actions_1d TO holdfast_writer, holdfast_bot, grafana_reader;

-- The rows that records_* and delays_* do not have yet were looked for in all of the newest week. They come in the order of
-- this time, or nearly: ranges of pages are enough, and cost the writer 0.3 of 8 us a row.
CREATE INDEX IF NOT EXISTS orders_raw_time ON orders_raw USING brin (kafka_timestamp) WITH (autosummarize = on, pages_per_range = 64);

-- Compiling a panel's statement took longer than running it (190 of 195 ms in one case); and lists of a month are sorted
-- in memory. Roles belong to the whole server: who may not change this one does without.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'grafana_reader' AND rolconfig @> ARRAY['jit=off', 'work_mem=32MB']) THEN
        ALTER ROLE grafana_reader SET jit = off;
        ALTER ROLE grafana_reader SET work_mem = '32MB';
    END IF;
EXCEPTION
    -- internal_error: the migrator of another database is doing the same at this moment.
    WHEN insufficient_privilege OR internal_error THEN RAISE NOTICE 'grafana_reader keeps its settings: %', SQLERRM;
END
$$;
