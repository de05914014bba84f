-- What boards and the API ask about the platform.

CREATE OR REPLACE FUNCTION by_the_minute(begun timestamptz, ended timestamptz) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT ended - begun <= INTERVAL '2 days' $$;
COMMENT ON FUNCTION by_the_minute IS 'Whether a graph of this time is made of minutes; of hours else.';

CREATE OR REPLACE FUNCTION platform_grain(begun timestamptz, ended timestamptz, interval_ms bigint) RETURNS interval
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT make_interval(secs => greatest(interval_ms, CASE WHEN by_the_minute(begun, ended) THEN 60000 ELSE 3600000 END) / 1000.0)
$$;
COMMENT ON FUNCTION platform_grain IS 'Time between two points of a graph of this time for which Grafana asks for one every interval_ms.';

-- An action may be about a customer.
CREATE OR REPLACE VIEW actions_masked AS
SELECT at, action_id, action, status,
       CASE WHEN target LIKE 'customer=%' THEN 'customer=' || mask_personal(substr(target, 10)) ELSE target END AS target,
       receiver, incident_id, cause, alert_key, expires_at, sent_at, over_at, undone_by, undoes, note, decided_by, decided_clock,
       decision_note, request->'parameters' AS parameters, result, effect, created_at, updated_at
FROM actions;
COMMENT ON VIEW actions_masked IS 'actions without who a customer is.';
GRANT SELECT ON actions_masked TO holdfast_writer, holdfast_bot, grafana_reader;
REVOKE SELECT ON actions FROM grafana_reader;

CREATE INDEX IF NOT EXISTS anomalies_incident ON anomalies (incident_id) WHERE incident_id IS NOT NULL;
CREATE INDEX IF NOT EXISTS actions_incident ON actions (incident_id) WHERE incident_id IS NOT NULL;

-- Thousands of series say something every few minutes: boards over weeks ask these.
CREATE MATERIALIZED VIEW IF NOT EXISTS series_points_1h
WITH (timescaledb.continuous, timescaledb.materialized_only = false) AS
SELECT time_bucket(INTERVAL '1 hour', at) AS bucket, series_key, count(*) AS steps, count(*) FILTER (WHERE anomalous) AS unusual,
       sum(sum) AS sum, sum(n) AS n, sum(observed) AS observed, count(observed) AS observations, sum(expected) AS expected,
       count(expected) AS expectations
FROM series_points GROUP BY 1, 2 WITH NO DATA;

CREATE MATERIALIZED VIEW IF NOT EXISTS series_points_1d
WITH (timescaledb.continuous, timescaledb.materialized_only = false) AS
SELECT time_bucket(INTERVAL '1 day', bucket) AS bucket, series_key, sum(steps)::bigint AS steps, sum(unusual)::bigint AS unusual,
       sum(sum) AS sum, sum(n) AS n, sum(observed) AS observed, sum(observations)::bigint AS observations,
       sum(expected) AS expected, sum(expectations)::bigint AS expectations
FROM series_points_1h GROUP BY 1, 2 WITH NO DATA;
COMMENT ON VIEW series_points_1h IS 'sum, n, observed and expected as in series_points, added up; unusual: steps that were anomalous.';
SELECT add_continuous_aggregate_policy('series_points_1h', start_offset => NULL, end_offset => INTERVAL '1 hour',
    schedule_interval => INTERVAL '10 minutes', buckets_per_batch => 0, if_not_exists => true);
SELECT add_continuous_aggregate_policy('series_points_1d', start_offset => NULL, end_offset => INTERVAL '1 day',
    schedule_interval => INTERVAL '1 hour', buckets_per_batch => 0, if_not_exists => true);
GRANT SELECT ON series_points_1h, series_points_1d TO holdfast_writer, holdfast_bot, grafana_reader;
