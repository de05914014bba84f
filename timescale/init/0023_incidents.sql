-- Findings that belong together, with what is behind them; and what outside sources said.

CREATE TABLE IF NOT EXISTS incidents (
    incident_id text        PRIMARY KEY,
    opened_at   timestamptz NOT NULL,
    closed_at   timestamptz,
    updated_at  timestamptz NOT NULL,
    scope       jsonb       NOT NULL,
    severity    text        NOT NULL CHECK (severity IN ('warning', 'critical')),
    cause       text,
    causes      jsonb       NOT NULL,
    findings    text[]      NOT NULL,
    series_keys text[]      NOT NULL,
    alert_key   text        NOT NULL,
    memory      jsonb
);
CREATE INDEX IF NOT EXISTS incidents_open ON incidents (opened_at) WHERE memory IS NOT NULL;
CREATE INDEX IF NOT EXISTS incidents_time ON incidents (opened_at DESC);
COMMENT ON TABLE incidents IS 'One row an incident: findings of the same place and time.';
COMMENT ON COLUMN incidents.opened_at IS 'Event time: start of its first finding; closed_at: end of its last one, null while one lasts.';
COMMENT ON COLUMN incidents.updated_at IS 'Event time: end of the step that changed it last.';
COMMENT ON COLUMN incidents.scope IS 'Members region, restaurant, method, as far as they are known to bound it; {}: the whole platform.';
COMMENT ON COLUMN incidents.cause IS 'What is acted on; UNKNOWN: nothing that was looked at explains it; null: still being looked into.';
COMMENT ON COLUMN incidents.causes IS 'Ranked: cause, probability, evidence (kind, subject, observed, expected, unit, weight, text).';
COMMENT ON COLUMN incidents.findings IS 'finding_id of anomalies, in the order in which they came.';
COMMENT ON COLUMN incidents.alert_key IS 'dedup_key of its alert.';
COMMENT ON COLUMN incidents.memory IS 'What is remembered of it while more may come; null: it is closed for good.';

CREATE TABLE IF NOT EXISTS source_readings (
    at         timestamptz      NOT NULL,
    source     text             NOT NULL CHECK (source IN ('WEATHER', 'TRAFFIC', 'HEALTH')),
    subject    text             NOT NULL,
    value      double precision NOT NULL,
    text       text             NOT NULL,
    read_at    timestamptz      NOT NULL DEFAULT now(),
    latency_ms integer
);
SELECT create_hypertable('source_readings', by_range('at', INTERVAL '7 days'),
                         create_default_indexes => false, if_not_exists => true);
CREATE UNIQUE INDEX IF NOT EXISTS source_readings_identity ON source_readings (source, subject, at);
CREATE INDEX IF NOT EXISTS source_readings_time ON source_readings (at DESC);
COMMENT ON TABLE source_readings IS 'What weather, traffic and health probes answered. No row: no usable answer.';
COMMENT ON COLUMN source_readings.at IS 'Event time it was asked for; read_at: clock time of the answer.';
COMMENT ON COLUMN source_readings.subject IS 'WEATHER, TRAFFIC: the region. HEALTH: the name of the service.';
COMMENT ON COLUMN source_readings.value IS 'WEATHER: 0 fair to 1 nobody rides. TRAFFIC: travel time over that of free roads. HEALTH: 1 answered well, 0 did not.';
COMMENT ON COLUMN source_readings.latency_ms IS 'From the question to the answer, or to giving up waiting.';

GRANT SELECT ON incidents, source_readings TO holdfast_writer, holdfast_bot, grafana_reader;
GRANT INSERT, UPDATE ON incidents, source_readings TO holdfast_writer;
