-- What is done about incidents: actions with their approval, their sending, what takes them back, and their effect.

ALTER TABLE actions ADD COLUMN IF NOT EXISTS receiver text;
ALTER TABLE actions ADD COLUMN IF NOT EXISTS incident_id text;
ALTER TABLE actions ADD COLUMN IF NOT EXISTS alert_key text;
ALTER TABLE actions ADD COLUMN IF NOT EXISTS cause text;
ALTER TABLE actions ADD COLUMN IF NOT EXISTS expires_at timestamptz;
ALTER TABLE actions ADD COLUMN IF NOT EXISTS sent_at timestamptz;
ALTER TABLE actions ADD COLUMN IF NOT EXISTS over_at timestamptz;
ALTER TABLE actions ADD COLUMN IF NOT EXISTS undone_by text;
ALTER TABLE actions ADD COLUMN IF NOT EXISTS undoes text;
ALTER TABLE actions ADD COLUMN IF NOT EXISTS note text;
ALTER TABLE actions ADD COLUMN IF NOT EXISTS effect jsonb;
ALTER TABLE actions ADD COLUMN IF NOT EXISTS plan jsonb;
ALTER TABLE actions ADD COLUMN IF NOT EXISTS is_open boolean;
ALTER TABLE actions ADD COLUMN IF NOT EXISTS decided_by text;
ALTER TABLE actions ADD COLUMN IF NOT EXISTS decided_by_id text;
ALTER TABLE actions ADD COLUMN IF NOT EXISTS decided_clock timestamptz;
ALTER TABLE actions ADD COLUMN IF NOT EXISTS decision_note text;
ALTER TABLE actions ADD COLUMN IF NOT EXISTS decision_key text;
COMMENT ON COLUMN actions.at IS 'Event time at which it was decided on; of a command, when it was asked for.';
COMMENT ON COLUMN actions.status IS 'Commands: REQUESTED, SENT, DONE, FAILED. Others: PROPOSED, APPROVED, REJECTED, EXPIRED, SENT, DONE, FAILED, DRY_RUN, UNDONE.';
COMMENT ON COLUMN actions.receiver IS 'Whom a webhook tells: platform, operations. Null: a command on topic actions.';
COMMENT ON COLUMN actions.alert_key IS 'dedup_key of the alert that shows it.';
COMMENT ON COLUMN actions.expires_at IS 'Event time at which it is too late to approve it.';
COMMENT ON COLUMN actions.over_at IS 'Event time from which it is to be taken back, or not sent any more.';
COMMENT ON COLUMN actions.undone_by IS 'The action that takes it back.';
COMMENT ON COLUMN actions.undoes IS 'The action that it takes back.';
COMMENT ON COLUMN actions.plan IS 'What the policy said of it when it was decided on: when it is taken back, how it is followed.';
COMMENT ON COLUMN actions.is_open IS 'Something may still become of it: a decision, a result, an effect, an end.';
COMMENT ON COLUMN actions.decision_key IS 'Of the request that approved or rejected it: the same request again is no second one.';
COMMENT ON COLUMN actions.decided_clock IS 'Clock time of the approval or rejection.';
CREATE INDEX IF NOT EXISTS actions_open ON actions (action_id) WHERE is_open;
CREATE INDEX IF NOT EXISTS actions_approved ON actions (action_id) WHERE receiver IS NOT NULL AND status = 'APPROVED';
CREATE INDEX IF NOT EXISTS actions_over ON actions (action_id) WHERE receiver IS NOT NULL AND status = 'SENT' AND over_at IS NOT NULL;
CREATE INDEX IF NOT EXISTS actions_of_alert ON actions (alert_key) WHERE alert_key IS NOT NULL;
CREATE INDEX IF NOT EXISTS actions_decided ON actions (at) WHERE receiver IS NOT NULL;

-- What the desk remembers besides its actions.
CREATE TABLE IF NOT EXISTS response_state (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    state    jsonb   NOT NULL
);
COMMENT ON TABLE response_state IS 'How long incidents of each cause took when nobody acted, and the latest steps of the series of open ones.';

ALTER TABLE webhook_outbox DROP CONSTRAINT IF EXISTS webhook_outbox_state_check;
ALTER TABLE webhook_outbox ADD CONSTRAINT webhook_outbox_state_check
    CHECK (state IN ('pending', 'sent', 'dry_run', 'dead', 'withdrawn'));
COMMENT ON COLUMN webhook_outbox.state IS 'withdrawn: what it asked for was over before it could be sent.';

-- An action is what became of its webhook, in the transaction that says so; also of one that is sent again by hand.
CREATE OR REPLACE FUNCTION settle_action() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    -- A first attempt that was refused is known to have done nothing; after any other nobody knows.
    p_uncertain boolean := NEW.attempts > 1 OR (NEW.attempts = 1 AND NEW.last_status IS NULL)
                           OR NEW.last_status NOT BETWEEN 400 AND 499;
    p_undone    text;
BEGIN
    UPDATE actions a SET
        status = CASE NEW.state
                     WHEN 'sent' THEN 'DONE'
                     WHEN 'dry_run' THEN 'DRY_RUN'
                     WHEN 'pending' THEN 'SENT'
                     ELSE CASE WHEN NEW.state = 'withdrawn' AND NEW.attempts = 0 THEN 'EXPIRED' ELSE 'FAILED' END
                 END,
        result = CASE WHEN NEW.state <> 'pending' THEN jsonb_build_object(
                     'reason', CASE NEW.state
                                   WHEN 'sent' THEN 'taken by the receiver'
                                   WHEN 'dry_run' THEN 'not sent: HOLDFAST_WEBHOOK_DRY_RUN is on'
                                   ELSE coalesce(NEW.last_error, 'given up') END,
                     'status', NEW.last_status,
                     'attempts', NEW.attempts,
                     'uncertain', NEW.state IN ('dead', 'withdrawn') AND coalesce(p_uncertain, false)) END,
        updated_at = now()
    WHERE a.action_id = NEW.payload->>'action_id' AND a.receiver IS NOT NULL
      AND a.status IN ('SENT', 'FAILED', 'EXPIRED', 'DRY_RUN')
    RETURNING CASE WHEN NEW.state = 'sent' THEN a.undoes END INTO p_undone;
    IF p_undone IS NOT NULL THEN
        UPDATE actions SET status = 'UNDONE', updated_at = now()
        WHERE action_id = p_undone AND status IN ('SENT', 'DONE', 'FAILED');
    END IF;
    RETURN NULL;
END
$$;
CREATE OR REPLACE TRIGGER webhook_outbox_settles_action
    AFTER UPDATE OF state ON webhook_outbox FOR EACH ROW
    WHEN (NEW.kind LIKE 'action.%' AND NEW.state IS DISTINCT FROM OLD.state)
    EXECUTE FUNCTION settle_action();

-- Whoever changes an action: topic actions says so, and the message of its alert is drawn anew.
CREATE OR REPLACE FUNCTION tell_action() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO slack_refresh (alert_id) SELECT alert_id FROM alerts WHERE dedup_key = NEW.alert_key;
    INSERT INTO kafka_outbox (topic, record_key, record_value)
    VALUES ('actions', convert_to(NEW.action_id, 'UTF8'), convert_to(jsonb_build_object(
        'type', 'action',
        'action_id', NEW.action_id,
        'action', NEW.action,
        'status', NEW.status,
        'receiver', NEW.receiver,
        'target', NEW.target,
        'incident_id', NEW.incident_id,
        'cause', NEW.cause,
        'decided_at', iso8601(NEW.at),
        'expires_at', iso8601(NEW.expires_at),
        'sent_at', iso8601(NEW.sent_at),
        'decided_by', NEW.decided_by,
        'undoes', NEW.undoes,
        'undone_by', NEW.undone_by,
        'note', NEW.note,
        'parameters', NEW.request->'parameters',
        'result', NEW.result,
        'effect', NEW.effect,
        'changed_at', iso8601(NEW.updated_at))::text, 'UTF8'));
    RETURN NULL;
END
$$;
CREATE OR REPLACE TRIGGER actions_told_new
    AFTER INSERT ON actions FOR EACH ROW WHEN (NEW.receiver IS NOT NULL) EXECUTE FUNCTION tell_action();
CREATE OR REPLACE TRIGGER actions_told_changed
    AFTER UPDATE ON actions FOR EACH ROW
    WHEN (NEW.receiver IS NOT NULL
          AND (NEW.status, NEW.undone_by, NEW.effect->>'following', NEW.effect->>'returned_at')
              IS DISTINCT FROM (OLD.status, OLD.undone_by, OLD.effect->>'following', OLD.effect->>'returned_at'))
    EXECUTE FUNCTION tell_action();

-- A person approves or rejects a proposed action: one statement, whoever asks (Slack, REST).
--
-- request: action_id, decision (APPROVE or REJECT), actor, actor_id, source, note, idempotency_key, now,
-- request_signature (of a Slack request: the second one of the same signature changes nothing).
--
-- One row: done; repeated (this very request did it before); lost (somebody was first: the row says who and when);
-- expired; unknown; or replayed.
CREATE OR REPLACE FUNCTION decide_action(request jsonb)
RETURNS TABLE (outcome text, action text, target text, status text, decided_by text, decided_by_id text,
               decided_clock timestamptz)
LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
    p_id       text        := request->>'action_id';
    p_decision text        := request->>'decision';
    p_actor    text        := request->>'actor';
    p_actor_id text        := request->>'actor_id';
    p_source   text        := request->>'source';
    p_note     text        := request->>'note';
    p_signed   text        := request->>'request_signature';
    p_key      text        := request->>'idempotency_key';
    p_now      timestamptz := coalesce((request->>'now')::timestamptz, clock_timestamp());
    p_alert    alerts%ROWTYPE;
    p_outcome  text;
    was        record;
BEGIN
    IF p_decision IS NULL OR p_decision NOT IN ('APPROVE', 'REJECT') THEN
        RAISE EXCEPTION 'decision has to be APPROVE or REJECT' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    IF p_signed IS NOT NULL THEN
        INSERT INTO slack_requests (signature, received_at) VALUES (p_signed, p_now)
        ON CONFLICT DO NOTHING;
        IF NOT FOUND THEN
            RETURN QUERY SELECT 'replayed', NULL::text, NULL::text, NULL::text, NULL::text, NULL::text, NULL::timestamptz;
            RETURN;
        END IF;
    END IF;

    SELECT a.at, a.action, a.target, a.status, a.alert_key, a.expires_at, a.created_at, a.decision_key
    INTO was
    FROM actions a WHERE a.action_id = p_id AND a.receiver IS NOT NULL
    FOR UPDATE;
    -- Event time stands still when nothing happens, and runs ahead of the clock in a replay: whichever is over first.
    p_outcome := CASE
        WHEN was.at IS NULL THEN 'unknown'
        WHEN was.status <> 'PROPOSED' AND p_key IS NOT NULL AND was.decision_key = p_key THEN 'repeated'
        WHEN was.status = 'EXPIRED' THEN 'expired'
        WHEN was.status <> 'PROPOSED' THEN 'lost'
        WHEN was.expires_at <= (SELECT s.sequenced_to FROM sequence_state s)
             OR p_now >= was.created_at + (was.expires_at - was.at) THEN 'expired'
        ELSE 'done' END;

    IF p_outcome = 'done' THEN
        UPDATE actions a SET
            status = CASE p_decision WHEN 'APPROVE' THEN 'APPROVED' ELSE 'REJECTED' END,
            decided_by = p_actor, decided_by_id = p_actor_id, decided_clock = p_now,
            decision_note = p_note, decision_key = p_key, updated_at = now()
        WHERE a.action_id = p_id AND a.at = was.at;
        SELECT * INTO p_alert FROM alerts WHERE dedup_key = was.alert_key;
        IF FOUND THEN
            INSERT INTO alert_actions (at, alert_id, action, actor, actor_id, source, status_before, status_after, note,
                                       idempotency_key)
            VALUES (p_now, p_alert.alert_id, p_decision, p_actor, p_actor_id, p_source,
                    p_alert.status, p_alert.status,
                    concat_ws(': ', was.action || ' ' || was.target, p_note), p_key);
        END IF;
    ELSIF p_outcome = 'expired' AND was.status = 'PROPOSED' THEN
        UPDATE actions a SET status = 'EXPIRED', updated_at = now(),
               result = jsonb_build_object('reason', 'nobody approved it in time', 'status', NULL, 'attempts', 0, 'uncertain', false)
        WHERE a.action_id = p_id AND a.at = was.at;
    END IF;

    RETURN QUERY
    SELECT p_outcome, a.action, a.target, a.status, a.decided_by, a.decided_by_id, a.decided_clock
    FROM (SELECT) AS one LEFT JOIN actions a ON a.action_id = p_id AND a.receiver IS NOT NULL;
END
$$;
COMMENT ON FUNCTION decide_action IS 'Approves or rejects a proposed action, with its audit in alert_actions.';

GRANT UPDATE ON actions TO holdfast_writer;
GRANT UPDATE (decided_by, decided_by_id, decided_clock, decision_note, decision_key) ON actions TO holdfast_bot;
GRANT INSERT, UPDATE ON response_state TO holdfast_writer;
REVOKE EXECUTE ON FUNCTION decide_action FROM PUBLIC;
GRANT EXECUTE ON FUNCTION decide_action TO holdfast_writer, holdfast_bot;
