-- What each role may do. Named one by one: a new table is closed until somebody decides.

GRANT USAGE ON SCHEMA public TO holdfast_writer, holdfast_bot, grafana_reader;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;

GRANT SELECT ON ALL TABLES IN SCHEMA public TO holdfast_writer, holdfast_bot, grafana_reader;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO holdfast_writer, holdfast_bot, grafana_reader;

-- The processor: facts are added, folded rows are changed, nothing but sent outbox rows is deleted.
GRANT INSERT ON orders_raw, events, arrivals, state_deltas, order_keys, pipeline_error_logs, slack_alert_log,
                inventory_events, anomalies, actions, ops_samples, alert_actions TO holdfast_writer;
GRANT INSERT, UPDATE ON orders, holds, alerts, consumer_offsets, products, inventory, stock_reservations, sellers,
                customers, zip_coordinates TO holdfast_writer;
GRANT INSERT, UPDATE, DELETE ON kafka_outbox TO holdfast_writer;

-- The alertbot: decisions and their audit, never the orders.
GRANT UPDATE ON holds, alerts TO holdfast_bot;
GRANT INSERT ON holds, alerts, alert_actions, actions, state_deltas, kafka_outbox TO holdfast_bot;
GRANT INSERT, UPDATE ON slack_alert_log TO holdfast_bot;

-- Old facts may lie in compressed chunks; a replay of them must not stop at the default limit of 100,000 rows.
DO $$
BEGIN
    FOR attempt IN 1..20 LOOP
        BEGIN
            ALTER ROLE holdfast_writer SET timescaledb.max_tuples_decompressed_per_dml_transaction = 0;
            ALTER ROLE holdfast_writer SET timezone = 'UTC';
            ALTER ROLE holdfast_bot SET timezone = 'UTC';
            EXIT;
        EXCEPTION
            -- Roles belong to the server, and a migrator of another database has just set the same: "tuple
            -- concurrently updated", or a row of that key is there by now. Once more, upon what it left.
            WHEN internal_error OR unique_violation THEN NULL;
        END;
    END LOOP;
END
$$;
