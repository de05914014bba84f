-- Delivery to Slack: from a row in slack_alert_log to a message that stays true.
--
-- slack_alert_log, slack_refresh and slack_replies are in-trays: whoever raises, changes or acts on an alert adds a row
-- in the same transaction and locks nothing of the alertbot's. The alertbot moves them to slack_messages, its own.

CREATE TABLE IF NOT EXISTS slack_messages (
    message_id       bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    message_key      uuid        NOT NULL UNIQUE DEFAULT gen_random_uuid(),
    parent_id        bigint      REFERENCES slack_messages (message_id),
    replaces         bigint      UNIQUE REFERENCES slack_messages (message_id),
    kind             text        NOT NULL,
    home             text        NOT NULL,
    target           text        NOT NULL,
    channel          text,
    ts               text,
    urgency          smallint    NOT NULL,
    group_key        text,
    storm_key        text,
    members          integer     NOT NULL DEFAULT 1,
    joined_at        timestamptz,
    state            text        NOT NULL DEFAULT 'pending'
                         CHECK (state IN ('waiting', 'pending', 'sending', 'uncertain', 'sent', 'gone', 'dead')),
    due_at           timestamptz NOT NULL,
    attempts         integer     NOT NULL DEFAULT 0,
    refusals         integer     NOT NULL DEFAULT 0,
    first_attempt_at timestamptz,
    doubted          boolean     NOT NULL DEFAULT false,
    plain            boolean     NOT NULL DEFAULT false,
    last_error       text,
    wanted           integer     NOT NULL DEFAULT 1,
    shown            integer     NOT NULL DEFAULT 0,
    shown_hash       text,
    stale_since      timestamptz,
    refresh_at       timestamptz NOT NULL DEFAULT '-infinity',
    posted_at        timestamptz,
    finished_at      timestamptz,
    created_at       timestamptz NOT NULL,
    CHECK (state <> 'sent' OR (channel IS NOT NULL AND ts IS NOT NULL))
);
COMMENT ON TABLE slack_messages IS 'A message of one alert, of a group of alerts, or a post in the thread of one of these.';
COMMENT ON COLUMN slack_messages.message_key IS 'In the metadata of the message, in every database another one: by it a message is found again in a channel.';
COMMENT ON COLUMN slack_messages.parent_id IS 'Set for a post in a thread.';
COMMENT ON COLUMN slack_messages.replaces IS 'The message, now gone, in place of which this one was posted.';
COMMENT ON COLUMN slack_messages.home IS 'Channel as configured for the kind of alert.';
COMMENT ON COLUMN slack_messages.target IS 'Channel, as configured, where it goes: home, or the fallback channel.';
COMMENT ON COLUMN slack_messages.channel IS 'Slack''s id of the channel it is in.';
COMMENT ON COLUMN slack_messages.urgency IS '0 critical, 1 warning, 2 info. Posts in threads: 0 escalations, 3 the others.';
COMMENT ON COLUMN slack_messages.group_key IS 'group_key of the alerts that share it; null for the message of one alert.';
COMMENT ON COLUMN slack_messages.storm_key IS 'group_key of the alert of an unsent single message, which may still become part of a group.';
COMMENT ON COLUMN slack_messages.state IS 'As in slack_alert_log; besides, waiting: its parent is not sent yet; gone: not in Slack any more.';
COMMENT ON COLUMN slack_messages.due_at IS 'pending: not to be sent before; sending: lost by whoever sends it, if still so; uncertain: to be looked for again.';
COMMENT ON COLUMN slack_messages.doubted IS 'Was uncertain once: something of it may still turn up in Slack.';
COMMENT ON COLUMN slack_messages.plain IS 'Slack refused its blocks: words only.';
COMMENT ON COLUMN slack_messages.wanted IS 'Raised by each change of what it has to show; it is stale while shown is less.';
COMMENT ON COLUMN slack_messages.stale_since IS 'Null exactly while shown is wanted.';
COMMENT ON COLUMN slack_messages.shown_hash IS 'Of what Slack was last given; null: to be given again, whatever it is.';
COMMENT ON COLUMN slack_messages.refresh_at IS 'Not to be updated before: a lease while somebody does, then a pause.';
COMMENT ON COLUMN slack_messages.finished_at IS 'When it began to show that all is resolved.';

CREATE INDEX IF NOT EXISTS slack_messages_pending ON slack_messages (target, urgency, message_id)
    WHERE state = 'pending' AND parent_id IS NULL;
CREATE INDEX IF NOT EXISTS slack_messages_pending_replies ON slack_messages (target, urgency, message_id)
    WHERE state = 'pending' AND parent_id IS NOT NULL;
CREATE INDEX IF NOT EXISTS slack_messages_doubtful ON slack_messages (due_at) WHERE state IN ('sending', 'uncertain');
CREATE INDEX IF NOT EXISTS slack_messages_stale ON slack_messages (urgency, stale_since)
    WHERE state = 'sent' AND parent_id IS NULL AND stale_since IS NOT NULL;
CREATE INDEX IF NOT EXISTS slack_messages_dead ON slack_messages (message_id) WHERE state = 'dead';
CREATE INDEX IF NOT EXISTS slack_messages_groups ON slack_messages (group_key, joined_at) WHERE group_key IS NOT NULL;
CREATE INDEX IF NOT EXISTS slack_messages_storms ON slack_messages (storm_key) WHERE state = 'pending' AND storm_key IS NOT NULL;
CREATE INDEX IF NOT EXISTS slack_messages_threads ON slack_messages (parent_id) WHERE state IN ('waiting', 'pending');
CREATE INDEX IF NOT EXISTS slack_messages_finished ON slack_messages (finished_at) WHERE state = 'sent' AND parent_id IS NULL;

ALTER TABLE slack_alert_log ADD COLUMN IF NOT EXISTS message_id bigint REFERENCES slack_messages (message_id);
CREATE INDEX IF NOT EXISTS slack_alert_log_of_message ON slack_alert_log (message_id, alert_id);
CREATE INDEX IF NOT EXISTS slack_alert_log_new ON slack_alert_log (log_id) WHERE message_id IS NULL;
COMMENT ON COLUMN slack_alert_log.message_id IS 'The message that shows the alert; several alerts may share it. Null: not seen by the alertbot yet.';
COMMENT ON COLUMN slack_alert_log.send_status IS 'ok, or what Slack said last.';
COMMENT ON COLUMN slack_alert_log.alert_data IS 'The alert as it was when the alertbot first saw it, without the evidence, which may have personal data.';

-- Alerts whose message may have to change.
CREATE TABLE IF NOT EXISTS slack_refresh (
    refresh_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    alert_id   bigint NOT NULL
);

-- What has to be said in threads: the audit, and what the alertbot itself has to say.
CREATE TABLE IF NOT EXISTS slack_replies (
    reply_id      bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    alert_id      bigint      NOT NULL,
    post_id       bigint      REFERENCES slack_messages (message_id),
    at            timestamptz NOT NULL,
    action        text        NOT NULL,
    actor         text,
    actor_id      text,
    source        text        NOT NULL,
    status_before text        NOT NULL,
    status_after  text        NOT NULL,
    decision      text,
    note          text
);
CREATE INDEX IF NOT EXISTS slack_replies_new ON slack_replies (reply_id) WHERE post_id IS NULL;
CREATE INDEX IF NOT EXISTS slack_replies_of_post ON slack_replies (post_id);
COMMENT ON COLUMN slack_replies.post_id IS 'The post in the thread that says it; several may share it. Null: not seen by the alertbot yet.';
COMMENT ON COLUMN slack_replies.action IS 'As in alert_actions; besides, REMIND, ESCALATE and REPOST.';

-- Reminders and escalations of an alert that stays OPEN; a new row's worth begins whenever it becomes OPEN again.
CREATE TABLE IF NOT EXISTS slack_follow_ups (
    alert_id     bigint      PRIMARY KEY REFERENCES alerts (alert_id),
    open_since   timestamptz NOT NULL,
    reminders    integer     NOT NULL,
    escalated_at timestamptz
);
COMMENT ON COLUMN slack_follow_ups.open_since IS 'Since when nobody has reacted, as far as people in Slack could.';
COMMENT ON COLUMN slack_follow_ups.reminders IS 'How many of the periods since then are over and done with.';

CREATE OR REPLACE FUNCTION queue_slack_refresh() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO slack_refresh (alert_id)
    SELECT alert_id FROM before JOIN after USING (alert_id)
    WHERE (before.version, before.status, before.status_since, before.severity, before.subject, before.opened_at,
           before.snoozed_until, before.ops_note, before.evidence)
          IS DISTINCT FROM
          (after.version, after.status, after.status_since, after.severity, after.subject, after.opened_at,
           after.snoozed_until, after.ops_note, after.evidence);
    RETURN NULL;
END
$$;
CREATE OR REPLACE TRIGGER alerts_tell_slack
    AFTER UPDATE ON alerts REFERENCING OLD TABLE AS before NEW TABLE AS after
    FOR EACH STATEMENT EXECUTE FUNCTION queue_slack_refresh();

CREATE OR REPLACE FUNCTION queue_slack_reply() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO slack_replies (alert_id, at, action, actor, actor_id, source, status_before, status_after, decision, note)
    VALUES (NEW.alert_id, NEW.at, NEW.action, NEW.actor, NEW.actor_id, NEW.source, NEW.status_before, NEW.status_after,
            NEW.decision, NEW.note);
    RETURN NULL;
END
$$;
CREATE OR REPLACE TRIGGER alert_actions_tell_slack
    AFTER INSERT ON alert_actions FOR EACH ROW EXECUTE FUNCTION queue_slack_reply();

-- What becomes of a message is what became of its alerts; and what is to be said in its thread can be said once it is there.
CREATE OR REPLACE FUNCTION follow_slack_message() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE slack_alert_log SET
        state = NEW.state,
        ts = NEW.ts,
        attempts = NEW.attempts,
        next_attempt_at = NEW.due_at,
        send_status = CASE WHEN NEW.state = 'sent' THEN 'ok' ELSE NEW.last_error END,
        updated_at = now()
    WHERE message_id = NEW.message_id;
    IF NEW.state = 'sent' AND OLD.state <> 'sent' THEN
        UPDATE slack_messages SET state = 'pending' WHERE parent_id = NEW.message_id AND state = 'waiting';
    END IF;
    RETURN NULL;
END
$$;
CREATE OR REPLACE TRIGGER slack_messages_followed
    AFTER UPDATE OF state ON slack_messages FOR EACH ROW
    WHEN (NEW.parent_id IS NULL AND NEW.state IN ('pending', 'sending', 'uncertain', 'sent', 'dead'))
    EXECUTE FUNCTION follow_slack_message();

-- What there is to do, asked several times a second whatever the size of the tables. Each look is a subquery with an
-- order and a limit: as a plain EXISTS the planner reads whole tables (30 ms for 100,000 messages). And it is a function,
-- for its plan to be made once: made each time, it takes three times as long as it runs (1.4 ms against 0.4 ms).
CREATE OR REPLACE FUNCTION slack_due_work(known_targets text[], at timestamptz)
RETURNS TABLE (dispatch boolean, refresh boolean, reconcile boolean, targets text[])
LANGUAGE plpgsql STABLE SET plan_cache_mode = force_generic_plan AS $$
BEGIN
    RETURN QUERY
    SELECT coalesce(
               (SELECT true FROM slack_alert_log WHERE message_id IS NULL ORDER BY log_id LIMIT 1),
               (SELECT true FROM slack_refresh ORDER BY refresh_id LIMIT 1),
               (SELECT true FROM slack_replies WHERE post_id IS NULL ORDER BY reply_id LIMIT 1),
               false),
           coalesce((SELECT true FROM slack_messages
                     WHERE state = 'sent' AND parent_id IS NULL AND stale_since IS NOT NULL AND refresh_at <= at
                     ORDER BY urgency, stale_since LIMIT 1), false),
           coalesce((SELECT true FROM slack_messages
                     WHERE state IN ('sending', 'uncertain') AND due_at <= at
                     ORDER BY due_at LIMIT 1), false),
           ARRAY(SELECT name FROM unnest(known_targets) AS name
                 WHERE coalesce(
                     (SELECT true FROM slack_messages
                      WHERE target = name AND state = 'pending' AND parent_id IS NULL AND due_at <= at
                      ORDER BY urgency, message_id LIMIT 1),
                     (SELECT true FROM slack_messages
                      WHERE target = name AND state = 'pending' AND parent_id IS NOT NULL AND due_at <= at
                      ORDER BY urgency, message_id LIMIT 1)));
END
$$;

GRANT INSERT ON slack_refresh, slack_replies TO holdfast_writer;
GRANT INSERT, UPDATE, DELETE ON slack_messages, slack_replies TO holdfast_bot;
GRANT INSERT, DELETE ON slack_refresh TO holdfast_bot;
GRANT INSERT, UPDATE ON slack_follow_ups TO holdfast_bot;
