-- Retention and compression of everything that grows with the traffic. Both are set by npm run migrate, from
-- HOLDFAST_RETENTION_DAYS and HOLDFAST_COMPRESS_AFTER_DAYS, and may be changed on a running system.

CREATE OR REPLACE FUNCTION dropped_tables() RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT ARRAY['orders_raw', 'events', 'arrivals', 'payments', 'reviews', 'deliveries', 'riders', 'restaurants',
                 'order_facts', 'series_points', 'source_readings', 'delivery_outcomes', 'delivery_risks']
$$;
COMMENT ON FUNCTION dropped_tables IS 'Hypertables of which retention drops chunks: facts, and what follows from each of them alone.';

-- What is no hypertable: the further records of events that are dropped, and webhooks that were settled so long ago that
-- nothing from before the horizon can ask for them again.
CREATE OR REPLACE PROCEDURE delete_old_rows(job_id integer, config jsonb) LANGUAGE plpgsql AS $$
DECLARE
    before timestamptz := now() - (config ->> 'drop_after')::interval;
BEGIN
    DELETE FROM event_copies WHERE occurred_at < before;
    DELETE FROM webhook_outbox WHERE state IN ('sent', 'dry_run', 'withdrawn') AND settled_at < before;
END
$$;
COMMENT ON PROCEDURE delete_old_rows IS 'Daily job of set_retention.';

-- CALL set_retention(INTERVAL '400 days'), NULL to switch it off again.
-- Facts up to the horizon are stored, so the rollups count up to a day behind it, and rows go only a day later still:
-- dropping rows below an aggregate and then refreshing over the gap would destroy its history. Deltas are never dropped,
-- because states are their running sums, nor are orders.
CREATE OR REPLACE PROCEDURE set_retention(keep interval) LANGUAGE plpgsql AS $$
DECLARE
    dropped text;
    policy  record;
    start   interval;
    is_gone boolean;
    gone    text[] := '{}';
BEGIN
    IF keep IS NOT NULL AND keep < INTERVAL '30 days' THEN
        RAISE EXCEPTION 'retention must be at least 30 days (the longest life of an order), not %', keep;
    END IF;
    FOREACH dropped IN ARRAY dropped_tables() LOOP
        PERFORM remove_retention_policy(dropped::regclass, if_exists => true);
        IF keep IS NOT NULL THEN
            PERFORM add_retention_policy(dropped::regclass, drop_after => keep + INTERVAL '2 days');
        END IF;
    END LOOP;
    PERFORM delete_job(j.job_id) FROM timescaledb_information.jobs j WHERE j.proc_name = 'delete_old_rows';
    IF keep IS NOT NULL THEN
        PERFORM add_job('delete_old_rows', INTERVAL '1 day',
                        config => jsonb_build_object('drop_after', (keep + INTERVAL '2 days')::text));
    END IF;
    FOR policy IN
        WITH RECURSIVE rollups AS (
            SELECT mat_hypertable_id, raw_hypertable_id AS facts_id, user_view_name
            FROM _timescaledb_catalog.continuous_agg WHERE parent_mat_hypertable_id IS NULL
            UNION ALL
            SELECT a.mat_hypertable_id, r.facts_id, a.user_view_name
            FROM _timescaledb_catalog.continuous_agg a JOIN rollups r ON a.parent_mat_hypertable_id = r.mat_hypertable_id
        )
        SELECT j.job_id, j.config, (j.config ->> 'start_offset')::interval AS start, h.table_name::text AS facts,
               r.user_view_name::text AS rollup, f.bucket_width::interval >= INTERVAL '1 day' AS is_coarse
        FROM timescaledb_information.jobs j
        JOIN rollups r ON r.mat_hypertable_id = (j.config ->> 'mat_hypertable_id')::integer
        JOIN _timescaledb_catalog.hypertable h ON h.id = r.facts_id
        JOIN _timescaledb_catalog.continuous_aggs_bucket_function f ON f.mat_hypertable_id = r.mat_hypertable_id
        WHERE j.proc_name = 'policy_refresh_continuous_aggregate'
        ORDER BY is_coarse DESC
    LOOP
        start := CASE WHEN policy.facts = ANY (dropped_tables()) THEN keep + INTERVAL '1 day' END;
        IF policy.is_coarse AND policy.facts <> ALL (gone) THEN
            EXECUTE format('SELECT EXISTS (SELECT FROM %I b WHERE NOT EXISTS (
                                SELECT FROM timescaledb_information.chunks c
                                WHERE c.hypertable_schema = ''public'' AND c.hypertable_name = %L
                                  AND b.bucket + INTERVAL ''1 day'' > c.range_start AND b.bucket < c.range_end))',
                           policy.rollup, policy.facts) INTO is_gone;
            IF is_gone THEN
                gone := gone || policy.facts;
            END IF;
        END IF;
        -- What an earlier horizon has dropped is gone, so this one does not reach behind it (null: to the beginning).
        IF policy.facts = ANY (gone) THEN
            start := least(start, policy.start);
        END IF;
        IF start IS DISTINCT FROM policy.start THEN
            PERFORM alter_job(policy.job_id, config => policy.config || jsonb_build_object('start_offset', start::text));
        END IF;
    END LOOP;
END
$$;

CREATE OR REPLACE FUNCTION compressed_tables() RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT ARRAY['orders_raw', 'events', 'arrivals', 'state_deltas', 'payments', 'deliveries', 'riders', 'restaurants',
                 'order_facts', 'series_points', 'source_readings', 'delivery_outcomes', 'delivery_risks']
$$;
COMMENT ON FUNCTION compressed_tables IS 'Hypertables whose old chunks are compressed: those that are only added to.';

ALTER TABLE payments SET (timescaledb.compress, timescaledb.compress_orderby = 'order_id, occurred_at');
ALTER TABLE deliveries SET (timescaledb.compress, timescaledb.compress_orderby = 'order_id, occurred_at');
ALTER TABLE order_facts SET (timescaledb.compress, timescaledb.compress_orderby = 'order_id, at');
ALTER TABLE source_readings SET (timescaledb.compress, timescaledb.compress_segmentby = 'source, subject',
                                 timescaledb.compress_orderby = 'at');
ALTER TABLE delivery_outcomes SET (timescaledb.compress, timescaledb.compress_orderby = 'order_id, delivered_at');
ALTER TABLE delivery_risks SET (timescaledb.compress, timescaledb.compress_orderby = 'order_id, assessed_at');

-- CALL set_compression(INTERVAL '90 days'): from when on chunks of facts are compressed; the finest rollups from twice
-- that. What is compressed already stays so.
CREATE OR REPLACE PROCEDURE set_compression(after interval) LANGUAGE plpgsql AS $$
DECLARE
    target record;
BEGIN
    IF after < INTERVAL '7 days' THEN
        RAISE EXCEPTION 'chunks are of 7 days and are written to while they are new: compress them after 7 days or later, not %', after;
    END IF;
    FOR target IN
        SELECT t.name, t.after, p.config
        FROM (SELECT unnest(compressed_tables()) AS name, $1 AS after
              UNION ALL SELECT unnest(ARRAY['state_deltas_1m', 'events_1m', 'records_1m', 'delays_30m']), 2 * $1) AS t
        LEFT JOIN timescaledb_information.continuous_aggregates a ON a.view_name = t.name AND a.view_schema = 'public'
        LEFT JOIN timescaledb_information.jobs p
          ON p.proc_name = 'policy_compression'
         AND p.hypertable_name IN (t.name, a.materialization_hypertable_name)
    LOOP
        CONTINUE WHEN (target.config ->> 'compress_after')::interval = target.after;
        PERFORM remove_compression_policy(target.name::regclass, if_exists => true);
        PERFORM add_compression_policy(target.name::regclass, compress_after => target.after);
    END LOOP;
END
$$;

DO $$
DECLARE
    added text;
BEGIN
    -- Those that have none yet: what was set for the others stays until the migrator sets it.
    FOREACH added IN ARRAY ARRAY['payments', 'deliveries', 'order_facts', 'source_readings', 'delivery_outcomes', 'delivery_risks'] LOOP
        PERFORM add_compression_policy(added::regclass, compress_after => INTERVAL '90 days', if_not_exists => true);
    END LOOP;
END
$$;

-- Whoever may not read the tables has no business with what deletes from them.
REVOKE EXECUTE ON PROCEDURE delete_old_rows, set_retention, set_compression FROM PUBLIC;
