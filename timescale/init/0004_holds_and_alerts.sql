CREATE TABLE IF NOT EXISTS holds (
    hold_id      bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    order_id     text        NOT NULL,
    reason_code  text        NOT NULL,
    episode      integer     NOT NULL DEFAULT 1,
    status       text        NOT NULL DEFAULT 'OPEN' CHECK (status IN ('OPEN', 'CLEARED', 'CANCELED')),
    evidence     jsonb       NOT NULL,
    opened_at    timestamptz NOT NULL,
    closed_at    timestamptz,
    ops_status   text        NOT NULL DEFAULT 'OPEN',
    ops_operator text,
    ops_note     text,
    ops_updated_at timestamptz,
    created_at   timestamptz NOT NULL DEFAULT now(),
    UNIQUE (order_id, reason_code, episode),
    CHECK ((status = 'OPEN') = (closed_at IS NULL))
);
CREATE INDEX IF NOT EXISTS holds_open ON holds (order_id) WHERE status = 'OPEN';
CREATE INDEX IF NOT EXISTS holds_opened ON holds (opened_at DESC);
COMMENT ON COLUMN holds.reason_code IS 'FUL-VALID, FUL-FRAUD-USER, FUL-FRAUD-PROD, FUL-INV, or EXTERNAL for an inbound HOLD.';
COMMENT ON COLUMN holds.episode IS 'Rules write episode 1 only; a later one is opened by an explicit command, or by a later inbound HOLD.';
COMMENT ON COLUMN holds.status IS 'OPEN, CLEARED (released), CANCELED (the order was canceled by the decision).';
COMMENT ON COLUMN holds.opened_at IS 'Event time of the earliest trigger.';
COMMENT ON COLUMN holds.ops_status IS 'Status of the alert of this hold, kept here for orders_current.';

CREATE TABLE IF NOT EXISTS alerts (
    alert_id      bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    dedup_key     text        NOT NULL UNIQUE,
    kind          text        NOT NULL CHECK (kind IN ('EVENT', 'HOLD', 'ANOMALY', 'INVENTORY', 'DELIVERY', 'PIPELINE')),
    severity      text        NOT NULL CHECK (severity IN ('critical', 'warning', 'info')),
    status        text        NOT NULL DEFAULT 'OPEN' CHECK (status IN ('OPEN', 'ACK', 'RETRY_REQUESTED', 'RESOLVED')),
    version       integer     NOT NULL DEFAULT 0,
    previous_status text,
    status_since  timestamptz NOT NULL,
    subject       text        NOT NULL,
    evidence      jsonb       NOT NULL,
    order_id      text,
    hold_id       bigint      REFERENCES holds (hold_id),
    log_id        bigint,
    opened_at     timestamptz NOT NULL,
    snoozed_until timestamptz,
    ops_operator  text,
    ops_note      text,
    created_at    timestamptz NOT NULL DEFAULT now(),
    updated_at    timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX IF NOT EXISTS alerts_unresolved ON alerts (kind, opened_at) WHERE status <> 'RESOLVED';
CREATE INDEX IF NOT EXISTS alerts_of_order ON alerts (order_id) WHERE order_id IS NOT NULL;
CREATE UNIQUE INDEX IF NOT EXISTS alerts_of_hold ON alerts (hold_id) WHERE hold_id IS NOT NULL;
COMMENT ON COLUMN alerts.dedup_key IS 'What the alert is about; a second one of the same key is the same alert.';
COMMENT ON COLUMN alerts.version IS 'Raised by each transition, which compares it first: the loser of a race changes nothing.';
COMMENT ON COLUMN alerts.opened_at IS 'Event time.';
COMMENT ON COLUMN alerts.status_since IS 'When the present status began; opened_at while the alert is new.';
COMMENT ON COLUMN alerts.previous_status IS 'Status before the present one; null while the alert is new.';

-- Append-only: who did what to an alert, and what it was before and after.
CREATE TABLE IF NOT EXISTS alert_actions (
    at              timestamptz NOT NULL DEFAULT now(),
    alert_id        bigint      NOT NULL,
    action          text        NOT NULL,
    actor           text        NOT NULL,
    source          text        NOT NULL CHECK (source IN ('slack', 'api', 'auto')),
    status_before   text        NOT NULL,
    status_after    text        NOT NULL,
    note            text,
    idempotency_key text
);
SELECT create_hypertable('alert_actions', by_range('at', INTERVAL '30 days'),
                         create_default_indexes => false, if_not_exists => true);
CREATE INDEX IF NOT EXISTS alert_actions_of_alert ON alert_actions (alert_id, at);

CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % is not allowed', TG_TABLE_NAME, TG_OP USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE OR REPLACE TRIGGER alert_actions_append_only
    BEFORE UPDATE OR DELETE ON alert_actions FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- The Slack outbox: one row per alert and channel.
CREATE TABLE IF NOT EXISTS slack_alert_log (
    log_id          bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    alert_id        bigint      NOT NULL REFERENCES alerts (alert_id),
    channel         text        NOT NULL DEFAULT 'default',
    state           text        NOT NULL DEFAULT 'pending'
                        CHECK (state IN ('pending', 'sending', 'sent', 'uncertain', 'dead')),
    event_id        text,
    send_status     text,
    alert_data      jsonb,
    ts              text,
    attempts        integer     NOT NULL DEFAULT 0,
    next_attempt_at timestamptz NOT NULL DEFAULT now(),
    created_at      timestamptz NOT NULL DEFAULT now(),
    updated_at      timestamptz NOT NULL DEFAULT now(),
    UNIQUE (alert_id, channel)
);
CREATE INDEX IF NOT EXISTS slack_alert_log_due ON slack_alert_log (next_attempt_at) WHERE state IN ('pending', 'sending', 'uncertain');
COMMENT ON COLUMN slack_alert_log.ts IS 'Slack''s id of the message within its channel.';

-- Every change of a hold or an alert is counted where it happens, whichever program makes it.
CREATE OR REPLACE FUNCTION count_new_holds() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO state_deltas (at, kind, delta)
    SELECT date_trunc('minute', change.at), change.kind, sum(change.delta)
    FROM (
        SELECT opened_at AS at, 'hold_opened' AS kind, 1 AS delta FROM added
        UNION ALL SELECT opened_at, 'hold_open', 1 FROM added
        UNION ALL SELECT closed_at, 'hold_open', -1 FROM added WHERE closed_at IS NOT NULL
    ) AS change
    GROUP BY 1, 2;
    RETURN NULL;
END
$$;
CREATE OR REPLACE TRIGGER holds_count_new
    AFTER INSERT ON holds REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION count_new_holds();

CREATE OR REPLACE FUNCTION count_changed_holds() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO state_deltas (at, kind, delta)
    SELECT date_trunc('minute', change.at), change.kind, sum(change.delta)
    FROM (
        SELECT opened_at AS at, 'hold_opened' AS kind, -1 AS delta FROM before
        UNION ALL SELECT opened_at, 'hold_opened', 1 FROM after
        UNION ALL SELECT opened_at, 'hold_open', -1 FROM before
        UNION ALL SELECT opened_at, 'hold_open', 1 FROM after
        UNION ALL SELECT closed_at, 'hold_open', 1 FROM before WHERE closed_at IS NOT NULL
        UNION ALL SELECT closed_at, 'hold_open', -1 FROM after WHERE closed_at IS NOT NULL
    ) AS change
    GROUP BY 1, 2
    HAVING sum(change.delta) <> 0;
    RETURN NULL;
END
$$;
CREATE OR REPLACE TRIGGER holds_count_changed
    AFTER UPDATE ON holds REFERENCING OLD TABLE AS before NEW TABLE AS after
    FOR EACH STATEMENT EXECUTE FUNCTION count_changed_holds();

CREATE OR REPLACE FUNCTION alert_state_kind(status text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE status
        WHEN 'OPEN' THEN 'alert_open'
        WHEN 'ACK' THEN 'alert_ack'
        WHEN 'RETRY_REQUESTED' THEN 'alert_retry'
        ELSE 'alert_resolved'
    END
$$;

CREATE OR REPLACE FUNCTION count_new_alerts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO state_deltas (at, kind, delta)
    SELECT date_trunc('minute', opened_at), 'alert_open', count(*) FROM added GROUP BY 1;
    RETURN NULL;
END
$$;
CREATE OR REPLACE TRIGGER alerts_count_new
    AFTER INSERT ON alerts REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION count_new_alerts();

-- An alert is OPEN from opened_at; a transition at status_since takes it from one state to the next.
CREATE OR REPLACE FUNCTION count_changed_alerts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO state_deltas (at, kind, delta)
    SELECT date_trunc('minute', change.at), change.kind, sum(change.delta)
    FROM (
        SELECT before.opened_at AS at, 'alert_open' AS kind, -1 AS delta FROM before
        UNION ALL SELECT after.opened_at, 'alert_open', 1 FROM after
        UNION ALL
        SELECT after.status_since, alert_state_kind(before.status), -1
        FROM before JOIN after USING (alert_id) WHERE before.status <> after.status
        UNION ALL
        SELECT after.status_since, alert_state_kind(after.status), 1
        FROM before JOIN after USING (alert_id) WHERE before.status <> after.status
        -- A transition that is now known to have been at another time.
        UNION ALL
        SELECT moved.at, moved.kind, moved.delta
        FROM before JOIN after USING (alert_id), LATERAL (VALUES
            (before.status_since, alert_state_kind(after.previous_status), 1),
            (before.status_since, alert_state_kind(after.status), -1),
            (after.status_since, alert_state_kind(after.previous_status), -1),
            (after.status_since, alert_state_kind(after.status), 1)
        ) AS moved (at, kind, delta)
        WHERE before.status = after.status AND before.status_since <> after.status_since
          AND after.previous_status IS NOT NULL
    ) AS change
    GROUP BY 1, 2
    HAVING sum(change.delta) <> 0;
    RETURN NULL;
END
$$;
CREATE OR REPLACE TRIGGER alerts_count_changed
    AFTER UPDATE ON alerts REFERENCING OLD TABLE AS before NEW TABLE AS after
    FOR EACH STATEMENT EXECUTE FUNCTION count_changed_alerts();
