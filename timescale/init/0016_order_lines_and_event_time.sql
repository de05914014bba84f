-- What an order is made of, what was paid and said of it, and how far event time has come.

ALTER TABLE orders ADD COLUMN IF NOT EXISTS items jsonb;
COMMENT ON COLUMN orders.items IS
    'Lines of the order, where its events name them: [{product_id, seller_id, quantity, price, freight, hand_over_by}]. Null: one line, of product_id and quantity.';

-- The lines of orders.items, one row each, for rollups: a rollup cannot unnest. Orders without items are not here.
CREATE TABLE IF NOT EXISTS order_items (
    partition_at timestamptz NOT NULL,
    order_id     text        NOT NULL,
    line         integer     NOT NULL,
    product_id   text        NOT NULL,
    seller_id    text,
    quantity     integer     NOT NULL,
    price        numeric,
    freight      numeric,
    hand_over_by timestamptz
);
SELECT create_hypertable('order_items', by_range('partition_at', INTERVAL '7 days'),
                         create_default_indexes => false, if_not_exists => true);
CREATE UNIQUE INDEX IF NOT EXISTS order_items_identity ON order_items (order_id, line, partition_at);
CREATE INDEX IF NOT EXISTS order_items_of_product ON order_items (product_id, partition_at);
CREATE INDEX IF NOT EXISTS order_items_of_seller ON order_items (seller_id, partition_at);
COMMENT ON COLUMN order_items.partition_at IS 'That of the order, which never changes.';
COMMENT ON COLUMN order_items.price IS 'Of one piece, in the currency of the order.';
COMMENT ON COLUMN order_items.freight IS 'Of the line.';
COMMENT ON COLUMN order_items.hand_over_by IS 'Until when the seller promised to hand it over to the carrier.';

CREATE TABLE IF NOT EXISTS payments (
    occurred_at  timestamptz NOT NULL,
    order_id     text        NOT NULL,
    event_id     text        NOT NULL,
    content_hash bigint      NOT NULL,
    event_type   text        NOT NULL,
    method       text,
    amount       numeric,
    currency     text,
    installments integer,
    ingested_at  timestamptz NOT NULL DEFAULT now()
);
SELECT create_hypertable('payments', by_range('occurred_at', INTERVAL '7 days'),
                         create_default_indexes => false, if_not_exists => true);
CREATE UNIQUE INDEX IF NOT EXISTS payments_identity ON payments (order_id, occurred_at, content_hash);
COMMENT ON COLUMN payments.event_type IS 'REGISTERED, APPROVED, FAILED, REFUND_REQUESTED, REFUNDED.';

CREATE TABLE IF NOT EXISTS reviews (
    occurred_at  timestamptz NOT NULL,
    order_id     text        NOT NULL,
    event_id     text        NOT NULL,
    content_hash bigint      NOT NULL,
    score        smallint    NOT NULL CHECK (score BETWEEN 1 AND 5),
    title        text,
    comment      text,
    reasons      text[]      NOT NULL DEFAULT '{}',
    ingested_at  timestamptz NOT NULL DEFAULT now()
);
SELECT create_hypertable('reviews', by_range('occurred_at', INTERVAL '7 days'),
                         create_default_indexes => false, if_not_exists => true);
CREATE UNIQUE INDEX IF NOT EXISTS reviews_identity ON reviews (order_id, occurred_at, content_hash);
CREATE INDEX IF NOT EXISTS reviews_time ON reviews (occurred_at);
COMMENT ON COLUMN reviews.occurred_at IS 'When the customer answered.';
COMMENT ON COLUMN reviews.reasons IS 'What the text complains of, by the classifier that was in use when it came.';

ALTER TABLE products ADD COLUMN IF NOT EXISTS volume_cm3 integer;

-- How far event time has come, by partition: nothing older than this is expected from it.
ALTER TABLE consumer_offsets ADD COLUMN IF NOT EXISTS watermark timestamptz;
ALTER TABLE consumer_offsets ADD COLUMN IF NOT EXISTS watermark_explicit boolean NOT NULL DEFAULT false;
ALTER TABLE consumer_offsets ADD COLUMN IF NOT EXISTS late_before timestamptz;
COMMENT ON COLUMN consumer_offsets.watermark IS 'Event time before which no more records of this partition are expected; null where there was none yet, or the topic takes no part.';
COMMENT ON COLUMN consumer_offsets.watermark_explicit IS 'The producer says how far it is (header holdfast-watermark); a silent partition then holds time back.';
COMMENT ON COLUMN consumer_offsets.late_before IS 'The watermark before the last batch: what that batch had from before it was late.';

-- How far the milestones of orders have been followed, in order of event time. One row.
CREATE TABLE IF NOT EXISTS sequence_state (
    only_row     boolean     PRIMARY KEY DEFAULT true CHECK (only_row),
    sequenced_to timestamptz NOT NULL DEFAULT '-infinity',
    revision     bigint      NOT NULL DEFAULT 0,
    leader       text,
    leased_until timestamptz NOT NULL DEFAULT '-infinity',
    updated_at   timestamptz NOT NULL DEFAULT now()
) WITH (fillfactor = 50);
INSERT INTO sequence_state DEFAULT VALUES ON CONFLICT DO NOTHING;
COMMENT ON COLUMN sequence_state.sequenced_to IS 'All milestones up to and including this moment have been followed. Always before the watermark of every partition.';
COMMENT ON COLUMN sequence_state.revision IS 'Raised by each pass; who finds another than its own must restore what it remembers.';
COMMENT ON COLUMN sequence_state.leader IS 'The instance that follows; another one may once leased_until is over.';

-- Milestones that may have come after event time had passed them: followed at the next pass, in or out of order.
CREATE TABLE IF NOT EXISTS late_milestones (
    late_id      bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    order_id     text        NOT NULL,
    kind         text        NOT NULL,
    at           timestamptz NOT NULL,
    content_hash bigint      NOT NULL DEFAULT 0,
    replaces     timestamptz,
    UNIQUE (order_id, kind, at, content_hash)
);
COMMENT ON COLUMN late_milestones.content_hash IS 'REVIEWED: which review of that moment; 0 for the others.';
COMMENT ON COLUMN late_milestones.replaces IS 'When it was thought to have happened before this came: if that has been followed already, this is not.';

GRANT SELECT ON order_items, payments, reviews, sequence_state, late_milestones TO holdfast_writer, holdfast_bot, grafana_reader;
REVOKE SELECT ON reviews FROM grafana_reader;
GRANT INSERT ON payments, reviews TO holdfast_writer;
GRANT INSERT, DELETE ON order_items, late_milestones TO holdfast_writer;
GRANT UPDATE ON sequence_state TO holdfast_writer;
