CREATE TABLE IF NOT EXISTS anomalies (
    at          timestamptz      NOT NULL,
    series_key  text             NOT NULL,
    score       double precision NOT NULL,
    severity    text             NOT NULL,
    observed    double precision,
    expected    double precision,
    band_low    double precision,
    band_high   double precision,
    cause       jsonb,
    created_at  timestamptz      NOT NULL DEFAULT now()
);
SELECT create_hypertable('anomalies', by_range('at', INTERVAL '30 days'),
                         create_default_indexes => false, if_not_exists => true);
CREATE UNIQUE INDEX IF NOT EXISTS anomalies_identity ON anomalies (series_key, at);

CREATE TABLE IF NOT EXISTS actions (
    at              timestamptz NOT NULL,
    action_id       text        NOT NULL,
    action          text        NOT NULL,
    status          text        NOT NULL,
    target          text,
    request         jsonb       NOT NULL,
    result          jsonb,
    idempotency_key text,
    created_at      timestamptz NOT NULL DEFAULT now(),
    updated_at      timestamptz NOT NULL DEFAULT now()
);
SELECT create_hypertable('actions', by_range('at', INTERVAL '30 days'),
                         create_default_indexes => false, if_not_exists => true);
CREATE UNIQUE INDEX IF NOT EXISTS actions_identity ON actions (action_id, at);

-- Gauges that exist only at the moment they are looked at.
CREATE TABLE IF NOT EXISTS ops_samples (
    at     timestamptz      NOT NULL,
    name   text             NOT NULL,
    labels jsonb            NOT NULL DEFAULT '{}',
    value  double precision NOT NULL
);
SELECT create_hypertable('ops_samples', by_range('at', INTERVAL '7 days'),
                         create_default_indexes => false, if_not_exists => true);
CREATE INDEX IF NOT EXISTS ops_samples_name ON ops_samples (name, at);
