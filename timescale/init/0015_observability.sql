-- Which errors the programs log, by kind: what is new today, what comes again and again.
CREATE TABLE IF NOT EXISTS error_fingerprints (
    fingerprint text        PRIMARY KEY,
    program     text        NOT NULL,
    code        text        NOT NULL,
    template    text        NOT NULL,
    first_seen  timestamptz NOT NULL,
    last_seen   timestamptz NOT NULL,
    count       bigint      NOT NULL CHECK (count > 0)
);
CREATE INDEX IF NOT EXISTS error_fingerprints_new ON error_fingerprints (first_seen DESC);
COMMENT ON COLUMN error_fingerprints.fingerprint IS 'Hash of program, code and template.';
COMMENT ON COLUMN error_fingerprints.code IS 'SQLSTATE, code of a socket or of a library, else the name of the error''s class.';
COMMENT ON COLUMN error_fingerprints.template IS 'The message of the log; what differs from one time to the next is *.';
GRANT INSERT, UPDATE ON error_fingerprints TO holdfast_writer, holdfast_bot;

-- The trace of the batch that raised an alert, so that the message in Slack goes on in it.
ALTER TABLE alerts ADD COLUMN IF NOT EXISTS traceparent text;
ALTER TABLE alerts ADD COLUMN IF NOT EXISTS trace_id text GENERATED ALWAYS AS (substr(traceparent, 4, 32)) STORED;
COMMENT ON COLUMN alerts.traceparent IS 'W3C trace context of the span that raised it; null while tracing is off.';
