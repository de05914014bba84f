-- Calls of other systems that a transaction decided on, sent after it has committed; and indexes of the API's questions.

CREATE TABLE IF NOT EXISTS webhook_outbox (
    webhook_id      bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind            text        NOT NULL,
    target          text        NOT NULL,
    url             text,
    payload         jsonb       NOT NULL,
    idempotency_key text        NOT NULL UNIQUE,
    state           text        NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'sent', 'dry_run', 'dead')),
    attempts        integer     NOT NULL DEFAULT 0,
    due_at          timestamptz NOT NULL DEFAULT now(),
    leased_until    timestamptz,
    last_status     integer,
    last_error      text,
    created_at      timestamptz NOT NULL DEFAULT now(),
    settled_at      timestamptz
);
CREATE INDEX IF NOT EXISTS webhook_outbox_pending ON webhook_outbox (due_at, webhook_id) WHERE state = 'pending';
-- What is not sent is counted again and again; what is sent stays, for its key.
CREATE INDEX IF NOT EXISTS webhook_outbox_unsent ON webhook_outbox (state, created_at) WHERE state IN ('pending', 'dead');
COMMENT ON TABLE webhook_outbox IS 'Webhooks to send, and those sent: a key that is here is never sent a second time.';
COMMENT ON COLUMN webhook_outbox.kind IS 'Type of the event, such as order.delay_predicted.';
COMMENT ON COLUMN webhook_outbox.target IS 'Who is called: customer, seller. The settings have their addresses.';
COMMENT ON COLUMN webhook_outbox.url IS 'Address of this one call; null: that of the target.';
COMMENT ON COLUMN webhook_outbox.payload IS 'Member data of what is sent.';
COMMENT ON COLUMN webhook_outbox.due_at IS 'Clock time of the next attempt.';
COMMENT ON COLUMN webhook_outbox.leased_until IS 'A sender is at it until then; another may take it afterwards.';

-- Addresses may carry credentials: what Grafana shows of this are counts, from the metrics.
GRANT SELECT ON webhook_outbox TO holdfast_writer, holdfast_bot;
REVOKE SELECT ON webhook_outbox FROM grafana_reader;
GRANT INSERT, UPDATE ON webhook_outbox TO holdfast_writer;

-- Orders on their way, without what is known of them: who waits for what, and whether for too long.
CREATE OR REPLACE VIEW orders_waiting AS
SELECT order_id, waits, since, due_at, passed, seller_id, region FROM delivery_watches;
COMMENT ON VIEW orders_waiting IS 'delivery_watches without their state, which has places in it.';
GRANT SELECT ON orders_waiting TO holdfast_writer, holdfast_bot, grafana_reader;

-- The latest assessment of an order; the identity has the moment in between.
CREATE INDEX IF NOT EXISTS delivery_risks_of_order ON delivery_risks (order_id, assessed_at DESC);
