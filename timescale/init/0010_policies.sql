-- Refresh: from the beginning (late data of any age is found by its invalidation log), up to a finite end (refreshing
-- over a future-dated row would move the watermark there and hide what comes before it).
DO $$
DECLARE
    family text;
    level  record;
BEGIN
    FOREACH family IN ARRAY ARRAY['state_deltas', 'events', 'records', 'delays'] LOOP
        FOR level IN
            SELECT * FROM (VALUES
                ('1m',  INTERVAL '1 minute',   INTERVAL '30 seconds'),
                ('30m', INTERVAL '30 minutes', INTERVAL '2 minutes'),
                ('1h',  INTERVAL '1 hour',     INTERVAL '10 minutes'),
                ('1d',  INTERVAL '1 day',      INTERVAL '1 hour')
            ) AS levels (suffix, end_offset, every)
        LOOP
            CONTINUE WHEN family = 'delays' AND level.suffix = '1m';
            PERFORM add_continuous_aggregate_policy(
                (family || '_' || level.suffix)::regclass,
                start_offset => NULL,
                end_offset => level.end_offset,
                schedule_interval => level.every,
                -- The default cuts the range into batches of buckets: over years of sparse minutes that took ten
                -- minutes, in one piece 20 ms.
                buckets_per_batch => 0,
                if_not_exists => true);
        END LOOP;
    END LOOP;
END
$$;

-- Compression, only of what is older than the longest life of an order: a write into a compressed chunk unpacks it.
ALTER TABLE orders_raw SET (timescaledb.compress, timescaledb.compress_segmentby = 'topic, epoch, partition',
                            timescaledb.compress_orderby = 'kafka_offset');
SELECT add_compression_policy('orders_raw', compress_after => INTERVAL '90 days', if_not_exists => true);
ALTER TABLE events SET (timescaledb.compress, timescaledb.compress_orderby = 'order_id, occurred_at');
SELECT add_compression_policy('events', compress_after => INTERVAL '90 days', if_not_exists => true);
ALTER TABLE arrivals SET (timescaledb.compress, timescaledb.compress_orderby = 'product_id, t');
SELECT add_compression_policy('arrivals', compress_after => INTERVAL '90 days', if_not_exists => true);
ALTER TABLE state_deltas SET (timescaledb.compress, timescaledb.compress_segmentby = 'kind',
                              timescaledb.compress_orderby = 'at');
SELECT add_compression_policy('state_deltas', compress_after => INTERVAL '90 days', if_not_exists => true);

DO $$
DECLARE
    rollup text;
BEGIN
    FOREACH rollup IN ARRAY ARRAY['state_deltas_1m', 'events_1m', 'records_1m', 'delays_30m'] LOOP
        EXECUTE format('ALTER MATERIALIZED VIEW %I SET (timescaledb.compress = true)', rollup);
        PERFORM add_compression_policy(rollup::regclass, compress_after => INTERVAL '180 days', if_not_exists => true);
    END LOOP;
END
$$;

-- Retention is off unless asked for: CALL set_retention(INTERVAL '400 days'), NULL to switch it off again.
-- Facts up to the horizon are stored, so the rollups count up to a day behind it, and rows go only a day later still:
-- dropping rows below an aggregate and then refreshing over the gap would destroy its history. Deltas are never dropped,
-- because states are their running sums.
CREATE OR REPLACE PROCEDURE set_retention(keep interval) LANGUAGE plpgsql AS $$
DECLARE
    kept   text;
    policy record;
    start  interval;
BEGIN
    IF keep IS NOT NULL AND keep < INTERVAL '30 days' THEN
        RAISE EXCEPTION 'retention must be at least 30 days (the longest life of an order), not %', keep;
    END IF;
    FOREACH kept IN ARRAY ARRAY['orders_raw', 'events', 'arrivals'] LOOP
        PERFORM remove_retention_policy(kept::regclass, if_exists => true);
        IF keep IS NOT NULL THEN
            PERFORM add_retention_policy(kept::regclass, drop_after => keep + INTERVAL '2 days');
        END IF;
    END LOOP;
    FOR policy IN
        SELECT j.job_id, j.config, (j.config ->> 'start_offset')::interval AS start,
               CASE WHEN a.view_name LIKE 'events%' THEN 'events' ELSE 'orders_raw' END AS facts
        FROM timescaledb_information.jobs j
        JOIN timescaledb_information.continuous_aggregates a
          ON a.materialization_hypertable_name = j.hypertable_name OR a.view_name = j.hypertable_name
        WHERE j.proc_name = 'policy_refresh_continuous_aggregate' AND a.view_name NOT LIKE 'state_deltas%'
    LOOP
        start := keep + INTERVAL '1 day';
        -- What an earlier horizon has dropped is gone, so this one does not reach behind it (null: to the beginning).
        IF EXISTS (
            SELECT FROM (SELECT 'events' AS facts, bucket FROM events_1d
                         UNION ALL SELECT 'orders_raw', bucket FROM records_1d) AS counted
            WHERE counted.facts = policy.facts
              AND NOT EXISTS (SELECT FROM timescaledb_information.chunks c
                              WHERE c.hypertable_schema = 'public' AND c.hypertable_name = policy.facts
                                AND counted.bucket >= c.range_start AND counted.bucket < c.range_end))
        THEN
            start := least(start, policy.start);
        END IF;
        PERFORM alter_job(policy.job_id, config => policy.config || jsonb_build_object('start_offset', start::text));
    END LOOP;
END
$$;
