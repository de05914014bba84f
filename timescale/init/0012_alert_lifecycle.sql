-- Acting on alerts: one function, one statement, one round trip, whoever acts (Slack, REST, the processor, Alertmanager).

ALTER TABLE alerts ADD COLUMN IF NOT EXISTS group_key text NOT NULL DEFAULT '';
ALTER TABLE alerts ADD COLUMN IF NOT EXISTS ops_operator_id text;
COMMENT ON COLUMN alerts.group_key IS 'Alerts of one storm share it: kind, reason, and product or region. Empty: belongs to no group.';
COMMENT ON COLUMN alerts.ops_operator_id IS 'Slack user id of ops_operator, when they acted in Slack.';

ALTER TABLE alert_actions ADD COLUMN IF NOT EXISTS actor_id text;
ALTER TABLE alert_actions ADD COLUMN IF NOT EXISTS decision text;
COMMENT ON COLUMN alert_actions.decision IS 'release or cancel, where the action closed a hold.';
COMMENT ON COLUMN alert_actions.actor_id IS 'Slack user id of the actor, when they acted in Slack.';

-- Signatures of the Slack requests of the last minutes: the same one again is a replay.
CREATE TABLE IF NOT EXISTS slack_requests (
    signature   text        PRIMARY KEY,
    received_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX IF NOT EXISTS slack_requests_age ON slack_requests (received_at);

CREATE OR REPLACE FUNCTION alert_next_status(status text, action text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE
        WHEN action = 'ACK' AND status = 'OPEN' THEN 'ACK'
        WHEN action = 'UNACK' AND status = 'ACK' THEN 'OPEN'
        WHEN action = 'RESOLVE' AND status IN ('OPEN', 'ACK') THEN 'RESOLVED'
        WHEN action = 'RETRY' AND status IN ('OPEN', 'ACK') THEN 'RETRY_REQUESTED'
        WHEN action = 'RETRY_SUCCEEDED' AND status = 'RETRY_REQUESTED' THEN 'RESOLVED'
        WHEN action IN ('RETRY_FAILED', 'RETRY_EXPIRED') AND status = 'RETRY_REQUESTED' THEN 'OPEN'
        WHEN action IN ('SNOOZE', 'UNSNOOZE') AND status IN ('OPEN', 'ACK') THEN status
        WHEN action = 'CLOSE' AND status IN ('OPEN', 'ACK', 'RETRY_REQUESTED') THEN 'RESOLVED'
    END
$$;

CREATE OR REPLACE FUNCTION iso8601(at timestamptz) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
$$;

-- request: action, targets [{alert_id, version}] (version null: whatever it is, if the status allows the action), actor,
-- actor_id, source, note, decision (release or cancel: a hold that is resolved needs one), snoozed_until,
-- idempotency_key, now, request_signature (of a Slack request: the second one of the same signature changes nothing).
--
-- One row per target: done; repeated (this very request did it before); lost (somebody was first: the row says who and
-- when); refused (not for this kind of alert); unknown; or one row without alert, replayed.
CREATE OR REPLACE FUNCTION change_alerts(request jsonb)
RETURNS TABLE (alert_id bigint, outcome text, status text, version integer, operator text, operator_id text,
               status_since timestamptz, action_id text)
LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
    p_action   text        := request->>'action';
    p_actor    text        := request->>'actor';
    p_actor_id text        := request->>'actor_id';
    p_source   text        := request->>'source';
    p_note     text        := request->>'note';
    p_decision text        := request->>'decision';
    p_until    timestamptz := (request->>'snoozed_until')::timestamptz;
    p_key      text        := request->>'idempotency_key';
    p_now      timestamptz := coalesce((request->>'now')::timestamptz, clock_timestamp());
    target_ids bigint[];
    verdicts   jsonb;
    done_ids   bigint[];
    closed     jsonb;
    moot_ids   bigint[];
BEGIN
    IF request ? 'request_signature' AND request->>'request_signature' IS NOT NULL THEN
        INSERT INTO slack_requests (signature, received_at) VALUES (request->>'request_signature', p_now)
        ON CONFLICT DO NOTHING;
        IF NOT FOUND THEN
            RETURN QUERY SELECT NULL::bigint, 'replayed', NULL::text, NULL::integer, NULL::text, NULL::text,
                                NULL::timestamptz, NULL::text;
            RETURN;
        END IF;
    END IF;

    SELECT array_agg(DISTINCT (t->>'alert_id')::bigint) INTO target_ids FROM jsonb_array_elements(request->'targets') AS t;

    -- Holds before alerts, as the processor does, and in its order.
    PERFORM 1 FROM holds
    WHERE order_id IN (SELECT a.order_id FROM alerts a
                       WHERE a.alert_id = ANY(target_ids) AND a.hold_id IS NOT NULL)
    ORDER BY order_id, reason_code, episode FOR UPDATE;
    PERFORM 1 FROM alerts a
    WHERE a.alert_id = ANY(target_ids)
       OR (p_decision = 'cancel' AND a.hold_id IN (
               SELECT h.hold_id FROM holds h
               WHERE h.status = 'OPEN' AND h.order_id IN (
                   SELECT b.order_id FROM alerts b WHERE b.alert_id = ANY(target_ids) AND b.hold_id IS NOT NULL)))
    ORDER BY a.alert_id FOR UPDATE;

    SELECT jsonb_agg(jsonb_build_object(
               'alert_id', t.alert_id,
               'action_id', CASE WHEN p_action = 'RETRY' THEN 'retry-' || t.alert_id || '-' || (a.version + 1) END,
               'before', a.status,
               'outcome', CASE
                   WHEN a.alert_id IS NULL THEN 'unknown'
                   WHEN p_key IS NOT NULL AND EXISTS (SELECT FROM alert_actions d
                                                      WHERE d.alert_id = t.alert_id AND d.idempotency_key = p_key) THEN 'repeated'
                   WHEN t.version IS NOT NULL AND t.version <> a.version THEN 'lost'
                   WHEN alert_next_status(a.status, p_action) IS NULL THEN 'lost'
                   WHEN p_action = 'RESOLVE' AND h.status = 'OPEN'
                        AND p_decision IS DISTINCT FROM 'release' AND p_decision IS DISTINCT FROM 'cancel' THEN 'refused'
                   WHEN p_action = 'RETRY' AND h.status IS DISTINCT FROM 'OPEN'
                        AND NOT (a.kind = 'EVENT' AND a.log_id IS NOT NULL) THEN 'refused'
                   WHEN p_action = 'SNOOZE' AND (p_until IS NULL OR p_until <= p_now) THEN 'refused'
                   ELSE 'done' END))
    INTO verdicts
    FROM (SELECT (t->>'alert_id')::bigint AS alert_id, min((t->>'version')::integer) AS version
          FROM jsonb_array_elements(request->'targets') AS t GROUP BY 1) AS t
    LEFT JOIN alerts a ON a.alert_id = t.alert_id
    LEFT JOIN holds h ON h.hold_id = a.hold_id;

    SELECT array_agg((v->>'alert_id')::bigint) INTO done_ids
    FROM jsonb_array_elements(verdicts) AS v WHERE v->>'outcome' = 'done';

    IF done_ids IS NOT NULL THEN
        -- A canceled order makes its other holds, and their alerts, moot.
        IF p_action = 'RESOLVE' AND p_decision = 'cancel' THEN
            SELECT array_agg(a.alert_id) INTO moot_ids
            FROM alerts a JOIN holds h ON h.hold_id = a.hold_id
            WHERE h.status = 'OPEN' AND a.status <> 'RESOLVED' AND NOT a.alert_id = ANY(done_ids)
              AND h.order_id IN (SELECT b.order_id FROM alerts b JOIN holds g ON g.hold_id = b.hold_id
                                 WHERE b.alert_id = ANY(done_ids) AND g.status = 'OPEN');
        END IF;

        INSERT INTO alert_actions (at, alert_id, action, actor, actor_id, source, status_before, status_after, note,
                                   idempotency_key, decision)
        SELECT p_now, a.alert_id, p_action, p_actor, p_actor_id, p_source, a.status,
               alert_next_status(a.status, p_action), p_note, p_key,
               CASE WHEN h.status = 'OPEN' AND p_action = 'RESOLVE' THEN p_decision
                    WHEN h.status = 'OPEN' AND p_action = 'RETRY_SUCCEEDED' THEN 'release' END
        FROM alerts a LEFT JOIN holds h ON h.hold_id = a.hold_id WHERE a.alert_id = ANY(done_ids)
        UNION ALL
        SELECT p_now, a.alert_id, 'CLOSE', p_actor, p_actor_id, 'auto', a.status, 'RESOLVED',
               'the order was canceled with another hold', NULL, 'cancel'
        FROM alerts a WHERE a.alert_id = ANY(moot_ids);

        IF p_action IN ('RESOLVE', 'RETRY_SUCCEEDED') THEN
            WITH closing AS (
                UPDATE holds h SET
                    status = CASE WHEN p_decision = 'cancel' THEN 'CANCELED' ELSE 'CLEARED' END,
                    closed_at = greatest(p_now, h.opened_at)
                FROM alerts a
                WHERE a.hold_id = h.hold_id AND h.status = 'OPEN'
                  AND (a.alert_id = ANY(done_ids) OR a.alert_id = ANY(moot_ids))
                RETURNING h.*, a.alert_id AS of_alert, a.ops_operator AS asked_by
            )
            INSERT INTO kafka_outbox (topic, record_key, record_value)
            SELECT 'holds', convert_to(c.order_id, 'UTF8'), convert_to(jsonb_build_object(
                       'event_type', CASE WHEN p_decision = 'cancel' THEN 'CANCELED' ELSE 'HOLD_CLEARED' END,
                       'event_id', 'decision/' || c.reason_code || '/' || c.episode || '/' || c.order_id,
                       'order_id', c.order_id,
                       'reason_code', c.reason_code,
                       'episode', c.episode,
                       'occurred_at', iso8601(c.closed_at),
                       'opened_at', iso8601(c.opened_at),
                       'evidence', c.evidence,
                       'decided_by', CASE WHEN p_source = 'auto' THEN coalesce(c.asked_by, p_actor) ELSE p_actor END,
                       'source', p_source,
                       'note', CASE WHEN c.of_alert = ANY(done_ids) THEN p_note END,
                       'alert_id', c.of_alert)::text, 'UTF8')
            FROM closing c ORDER BY c.order_id, c.reason_code;
        END IF;

        UPDATE alerts a SET
            status = coalesce(alert_next_status(a.status, p_action), a.status),
            previous_status = CASE WHEN alert_next_status(a.status, p_action) = a.status THEN a.previous_status ELSE a.status END,
            status_since = CASE WHEN alert_next_status(a.status, p_action) = a.status THEN a.status_since
                                ELSE greatest(p_now, a.status_since) END,
            version = a.version + 1,
            snoozed_until = CASE WHEN p_action = 'SNOOZE' THEN p_until
                                 WHEN p_action = 'UNSNOOZE' OR alert_next_status(a.status, p_action) = 'RESOLVED' THEN NULL
                                 ELSE a.snoozed_until END,
            ops_operator = CASE WHEN p_source = 'auto' THEN a.ops_operator ELSE p_actor END,
            ops_operator_id = CASE WHEN p_source = 'auto' THEN a.ops_operator_id ELSE p_actor_id END,
            ops_note = coalesce(p_note, a.ops_note),
            updated_at = now()
        WHERE a.alert_id = ANY(done_ids);

        UPDATE alerts a SET
            status = 'RESOLVED', previous_status = a.status, status_since = greatest(p_now, a.status_since),
            version = a.version + 1, snoozed_until = NULL, ops_operator = p_actor, ops_operator_id = p_actor_id,
            updated_at = now()
        WHERE a.alert_id = ANY(moot_ids);

        UPDATE holds h SET ops_status = a.status, ops_operator = a.ops_operator, ops_note = a.ops_note, ops_updated_at = p_now
        FROM alerts a
        WHERE a.hold_id = h.hold_id AND (a.alert_id = ANY(done_ids) OR a.alert_id = ANY(moot_ids));

        IF p_action = 'RETRY' THEN
            WITH asked AS (
                SELECT a.alert_id, a.version, a.kind, a.log_id, h.hold_id, h.order_id, h.reason_code, h.episode,
                       'retry-' || a.alert_id || '-' || a.version AS id
                FROM alerts a LEFT JOIN holds h ON h.hold_id = a.hold_id
                WHERE a.alert_id = ANY(done_ids)
            ), commands AS (
                SELECT id, alert_id, order_id, log_id, CASE WHEN hold_id IS NULL THEN 'RETRY_RECORD' ELSE 'RETRY_HOLD' END AS name,
                       jsonb_build_object('type', 'command', 'action_id', id,
                           'action', CASE WHEN hold_id IS NULL THEN 'RETRY_RECORD' ELSE 'RETRY_HOLD' END,
                           'requested_at', iso8601(p_now), 'requested_by', p_actor,
                           'alert_id', alert_id, 'alert_version', version, 'log_id', log_id, 'hold_id', hold_id,
                           'order_id', order_id, 'reason_code', reason_code, 'episode', episode) AS command
                FROM asked
            ), kept AS (
                INSERT INTO actions (at, action_id, action, status, target, request, idempotency_key)
                SELECT p_now, id, name, 'REQUESTED', coalesce(order_id, log_id::text), command, p_key FROM commands
            )
            INSERT INTO kafka_outbox (topic, record_key, record_value)
            SELECT 'actions', convert_to(id, 'UTF8'), convert_to(command::text, 'UTF8') FROM commands ORDER BY alert_id;
        END IF;
    END IF;

    RETURN QUERY
    SELECT v.alert_id, v.outcome, a.status, a.version, a.ops_operator, a.ops_operator_id, a.status_since,
           CASE WHEN v.outcome = 'done' THEN v.action_id END
    FROM jsonb_to_recordset(verdicts) AS v (alert_id bigint, outcome text, action_id text)
    LEFT JOIN alerts a ON a.alert_id = v.alert_id
    ORDER BY v.alert_id;
END
$$;

GRANT INSERT, DELETE ON slack_requests TO holdfast_bot;
GRANT UPDATE (status, result, updated_at) ON actions TO holdfast_writer, holdfast_bot;
-- change_alerts remembers signatures only for the alertbot; the processor calls it without one.
