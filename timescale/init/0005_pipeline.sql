-- Records that could not become events, bytes and all.
CREATE TABLE IF NOT EXISTS pipeline_error_logs (
    log_id          bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    error_type      text        NOT NULL,
    error_text      text        NOT NULL,
    kafka_topic     text        NOT NULL,
    epoch           integer     NOT NULL,
    partition       integer     NOT NULL,
    kafka_offset    bigint      NOT NULL,
    kafka_timestamp timestamptz NOT NULL,
    record_key      bytea,
    headers         jsonb       NOT NULL,
    original        bytea,
    occurred_at     timestamptz NOT NULL DEFAULT now(),
    UNIQUE (kafka_topic, epoch, partition, kafka_offset)
);
CREATE INDEX IF NOT EXISTS pipeline_error_logs_time ON pipeline_error_logs (kafka_timestamp);
COMMENT ON COLUMN pipeline_error_logs.error_type IS 'PARSE_ERROR, SCHEMA_MISSING, SCHEMA_INVALID, or STORE_ERROR when the database refused the record.';
COMMENT ON COLUMN pipeline_error_logs.original IS 'The value as Kafka delivered it, bit for bit; null for a record without value.';
COMMENT ON COLUMN pipeline_error_logs.headers IS 'Header name to base64 of its value (or an array of them).';

CREATE OR REPLACE FUNCTION count_rejected_records() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO state_deltas (at, kind, delta)
    SELECT date_trunc('minute', kafka_timestamp), 'rejected_' || lower(error_type), count(*)
    FROM added GROUP BY 1, 2;
    RETURN NULL;
END
$$;
CREATE OR REPLACE TRIGGER pipeline_error_logs_count
    AFTER INSERT ON pipeline_error_logs REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION count_rejected_records();

-- How far each partition is processed. Moves by compare-and-set in the transaction that writes the rows.
CREATE TABLE IF NOT EXISTS consumer_offsets (
    topic                 text        NOT NULL,
    partition             integer     NOT NULL,
    epoch                 integer     NOT NULL DEFAULT 0,
    next_offset           bigint      NOT NULL,
    last_kafka_timestamp  bigint,
    updated_at            timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (topic, partition)
) WITH (fillfactor = 50);
COMMENT ON COLUMN consumer_offsets.last_kafka_timestamp IS
    'Timestamp (ms) of the record before next_offset: a topic that was re-created and has grown past the old position has another record there.';

-- Records to publish to Kafka, written in the transaction that decided them.
CREATE TABLE IF NOT EXISTS kafka_outbox (
    outbox_id       bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    topic           text        NOT NULL,
    record_key      bytea,
    headers         jsonb       NOT NULL DEFAULT '{}',
    record_value    bytea,
    error_log_id    bigint      REFERENCES pipeline_error_logs (log_id),
    state           text        NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'dead')),
    claimed_until   timestamptz NOT NULL DEFAULT '-infinity',
    last_error      text,
    created_at      timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX IF NOT EXISTS kafka_outbox_pending ON kafka_outbox (outbox_id) WHERE state = 'pending';
COMMENT ON COLUMN kafka_outbox.topic IS 'Name in the contracts; the prefix and mapping are applied when it is sent.';
COMMENT ON COLUMN kafka_outbox.claimed_until IS 'A relay is sending it; after this time another may, because that one has died.';
COMMENT ON COLUMN kafka_outbox.error_log_id IS 'A dead letter: key, headers and bytes are those of this row of pipeline_error_logs.';
