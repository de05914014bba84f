-- Chunks of 7 days: a batch spread over decades locks every chunk it touches, and smaller chunks mean more locks.

-- What Kafka delivered, as it came. Rejected records are in pipeline_error_logs.
CREATE TABLE IF NOT EXISTS orders_raw (
    topic                    text        NOT NULL,
    epoch                    integer     NOT NULL,
    partition                integer     NOT NULL,
    kafka_offset             bigint      NOT NULL,
    kafka_timestamp          timestamptz NOT NULL,
    kafka_timestamp_original bigint,
    delay_bin                smallint    NOT NULL,
    row_payload              jsonb       NOT NULL,
    ingested_at              timestamptz NOT NULL DEFAULT now(),
    row_id                   text        GENERATED ALWAYS AS
                                 (topic || ':' || epoch || ':' || partition || ':' || kafka_offset) STORED
);
SELECT create_hypertable('orders_raw', by_range('kafka_timestamp', INTERVAL '7 days'),
                         create_default_indexes => false, if_not_exists => true);
CREATE UNIQUE INDEX IF NOT EXISTS orders_raw_position
    ON orders_raw (topic, epoch, partition, kafka_offset, kafka_timestamp);
COMMENT ON COLUMN orders_raw.epoch IS 'Raised by a command when the topic was re-created, so that its offsets start anew.';
COMMENT ON COLUMN orders_raw.kafka_timestamp IS 'Timestamp of the record, clamped to [2000, now + 24 h]; the table is partitioned by it.';
COMMENT ON COLUMN orders_raw.kafka_timestamp_original IS 'Milliseconds since 1970 as Kafka gave them, where they had to be clamped.';
COMMENT ON COLUMN orders_raw.delay_bin IS 'Histogram bin of max(0, kafka_timestamp - occurred_at): round(log(seconds) / log(1.05)); -32768 for no delay.';
COMMENT ON COLUMN orders_raw.row_id IS 'Names the record: topic:epoch:partition:offset.';

-- The facts, each once, whatever the number of deliveries.
CREATE TABLE IF NOT EXISTS events (
    order_id        text        NOT NULL,
    occurred_at     timestamptz NOT NULL,
    content_hash    bigint      NOT NULL,
    event_id        text        NOT NULL,
    event_type      text        NOT NULL,
    current_status  text,
    reason_code     text,
    topic           text        NOT NULL,
    partition       integer,
    kafka_offset    bigint,
    kafka_timestamp timestamptz,
    trace_id        text,
    ingested_at     timestamptz NOT NULL DEFAULT now(),
    ops_status      text,
    ops_note        text,
    ops_operator    text,
    ops_updated_at  timestamptz
);
SELECT create_hypertable('events', by_range('occurred_at', INTERVAL '7 days'),
                         create_default_indexes => false, if_not_exists => true);
-- Identity of an event and the timeline of an order in one index; the hash covers event_id.
CREATE UNIQUE INDEX IF NOT EXISTS events_identity ON events (order_id, occurred_at, content_hash);
COMMENT ON COLUMN events.content_hash IS '52 bits of the SHA-1 of the typed content, without event_produced_at.';
COMMENT ON COLUMN events.current_status IS 'Status the event puts the order into; HOLD for an inbound hold; null when it says nothing of it.';
COMMENT ON COLUMN events.topic IS 'Where the event came from; a decision of an operator says holds and has no offset.';

-- Where an order is kept: the first writer chooses partition_at, for ever (moving a row to another chunk is an error).
CREATE TABLE IF NOT EXISTS order_keys (
    order_id     text        PRIMARY KEY,
    partition_at timestamptz NOT NULL
);

-- One row an order: its events folded. The hold overlay is in the view orders_current.
CREATE TABLE IF NOT EXISTS orders (
    order_id           text        NOT NULL,
    partition_at       timestamptz NOT NULL,
    revision           integer     NOT NULL,
    user_id            text,
    product_id         text,
    product_name       text,
    shipping_address   text,
    quantity           integer     NOT NULL,
    amount             numeric,
    currency           text,
    channel            text,
    region             text,
    seller_id          text,
    customer_zip       text,
    seller_zip         text,
    promised_at        timestamptz,
    created_at         timestamptz,
    current_stage      text        NOT NULL,
    current_status     text        NOT NULL,
    last_event_type    text        NOT NULL,
    last_occurred_at   timestamptz NOT NULL,
    event_produced_at  timestamptz,
    latency_p_to_k_sec double precision,
    latency_p_to_d_sec double precision,
    row_reference_id   text,
    first_event_at     timestamptz NOT NULL,
    created_event_at   timestamptz,
    entered_created_at timestamptz,
    paid_at            timestamptz,
    picking_at         timestamptz,
    packed_at          timestamptz,
    shipped_at         timestamptz,
    delivered_at       timestamptz,
    canceled_at        timestamptz,
    left_paid_at       timestamptz,
    fold_versions      jsonb       NOT NULL,
    ingested_at        timestamptz NOT NULL DEFAULT now()
) WITH (fillfactor = 80);
SELECT create_hypertable('orders', by_range('partition_at', INTERVAL '7 days'),
                         create_default_indexes => false, if_not_exists => true);
CREATE UNIQUE INDEX IF NOT EXISTS orders_identity ON orders (order_id, partition_at);
COMMENT ON COLUMN orders.revision IS 'Raised by each write; a writer that read an older one loses and reads again.';
COMMENT ON COLUMN orders.partition_at IS 'Chunk of the order: occurred_at of its first processed event. Never changes.';
COMMENT ON COLUMN orders.fold_versions IS 'Which event each folded value came from; lets a late event be folded without reading the others.';
COMMENT ON COLUMN orders.row_reference_id IS 'orders_raw.row_id of the record of the last event.';
COMMENT ON COLUMN orders.latency_p_to_k_sec IS 'Last event: seconds from produced to Kafka.';
COMMENT ON COLUMN orders.latency_p_to_d_sec IS 'Last event: seconds from produced to the database.';

-- ORDER_CREATED events, for the burst rules. '' where the event names no user.
CREATE TABLE IF NOT EXISTS arrivals (
    product_id text        COLLATE "C" NOT NULL,
    user_id    text        COLLATE "C" NOT NULL,
    t          timestamptz NOT NULL,
    order_id   text        COLLATE "C" NOT NULL
);
SELECT create_hypertable('arrivals', by_range('t', INTERVAL '7 days'),
                         create_default_indexes => false, if_not_exists => true);
CREATE UNIQUE INDEX IF NOT EXISTS arrivals_of_user ON arrivals (product_id, user_id, t, order_id);
CREATE INDEX IF NOT EXISTS arrivals_of_product ON arrivals (product_id, t, order_id);

-- Changes of counted states, by minute. The state at a moment is the sum of all deltas up to it.
CREATE TABLE IF NOT EXISTS state_deltas (
    at    timestamptz NOT NULL,
    kind  text        NOT NULL,
    delta integer     NOT NULL
);
SELECT create_hypertable('state_deltas', by_range('at', INTERVAL '7 days'),
                         create_default_indexes => false, if_not_exists => true);
CREATE INDEX IF NOT EXISTS state_deltas_at ON state_deltas (at);
COMMENT ON TABLE state_deltas IS
    'kind: order_created, order_paid, order_shipped (orders that first reached it); backlog, late; hold_opened, hold_open; alert_open, alert_ack, alert_retry, alert_resolved; rejected_parse_error, rejected_schema_missing, rejected_schema_invalid.';
