-- What PostgreSQL gives to everybody by default, and only the programs need. Whoever may look at a board may ask the
-- database whatever he likes, as grafana_reader.

-- Temporary tables fill the disk as others do.
DO $$
BEGIN
    EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database());
END
$$;

-- A new table is closed to Grafana until somebody decides; the programs read all.
ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE SELECT ON TABLES FROM grafana_reader;

REVOKE EXECUTE ON FUNCTION change_alerts FROM PUBLIC;
GRANT EXECUTE ON FUNCTION change_alerts TO holdfast_writer, holdfast_bot;

-- Large objects are writable by everybody; advisory locks are what migrations and the sequence wait for.
DO $$
DECLARE
    everybodys regprocedure;
BEGIN
    FOR everybodys IN
        SELECT oid::regprocedure FROM pg_proc
        WHERE pronamespace = 'pg_catalog'::regnamespace
          AND (proname ~ '^pg_(try_)?advisory_' OR proname IN ('lo_creat', 'lo_create', 'lo_from_bytea', 'lo_put', 'lowrite', 'lo_unlink'))
    LOOP
        EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', everybodys);
        IF everybodys::text ~ 'advisory' THEN
            EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO holdfast_writer, holdfast_bot, pg_database_owner', everybodys);
        END IF;
    END LOOP;
EXCEPTION
    -- They belong to the server's owner, who is somebody else in a cloud.
    WHEN insufficient_privilege THEN RAISE NOTICE 'large objects and advisory locks stay open to all roles: %', SQLERRM;
END
$$;

-- No guard, for a session may set it otherwise, but a slip is an error. A question that takes longer is a mistake, too.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'grafana_reader' AND rolconfig @> ARRAY['default_transaction_read_only=on']) THEN
        ALTER ROLE grafana_reader SET statement_timeout = '60s';
        ALTER ROLE grafana_reader SET default_transaction_read_only = on;
    END IF;
EXCEPTION
    -- The roles may be somebody else's to set, and another migrator may be setting the same.
    WHEN insufficient_privilege OR internal_error THEN RAISE NOTICE 'grafana_reader keeps its settings: %', SQLERRM;
END
$$;
