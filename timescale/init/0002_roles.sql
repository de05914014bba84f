-- Least privilege: the processor writes what comes from Kafka, the alertbot what operators decide, Grafana only reads.
-- Created without a password, so nobody can log in until the operator sets one (ALTER ROLE ... PASSWORD ...).

DO $$
DECLARE
    wanted text;
BEGIN
    FOREACH wanted IN ARRAY ARRAY['holdfast_writer', 'holdfast_bot', 'grafana_reader'] LOOP
        BEGIN
            EXECUTE format('CREATE ROLE %I LOGIN', wanted);
        EXCEPTION
            -- Roles belong to the whole server: another database of it, or another migrator, may have made it.
            WHEN duplicate_object OR unique_violation THEN NULL;
        END;
    END LOOP;
END
$$;
