-- The record of every event, written by audit-log-service and read by the backend. It is only ever added to, and each entry holds
-- the hash of the one before, so that a change, a removal or an insertion afterwards shows. The rules live here, where no writer
-- can pass them by.
CREATE TABLE audit_log (
    -- 1, 2, 3 … without a gap.
    number        bigint PRIMARY KEY,
    topic         text NOT NULL,
    event_source  text NOT NULL,
    event_id      text NOT NULL,
    -- What happened.
    event_type    text NOT NULL,
    -- Who did it, or whom it concerns, as far as the event says so.
    user_id       text,
    -- When it happened, as the event says, and when it was written down.
    occurred_at   timestamptz NOT NULL,
    recorded_at   timestamptz NOT NULL,
    -- The event's data as it came: text, since jsonb would not keep its bytes.
    payload       text NOT NULL,
    previous_hash bytea NOT NULL,
    hash          bytea NOT NULL,
    -- A dead letter keeps its id and is an event of its topic too.
    UNIQUE (topic, event_source, event_id)
);

CREATE INDEX audit_log_by_user ON audit_log (user_id, number DESC);
CREATE INDEX audit_log_by_type ON audit_log (event_type, number DESC);
CREATE INDEX audit_log_by_event ON audit_log (event_id);
CREATE INDEX audit_log_by_time ON audit_log (occurred_at);

-- The last entry. Its row is also the lock of all who append.
CREATE TABLE audit_head (
    is_single boolean PRIMARY KEY DEFAULT true CHECK (is_single),
    number    bigint NOT NULL,
    hash      bytea NOT NULL
);

INSERT INTO audit_head (number, hash) VALUES (0, decode(repeat('00', 32), 'hex'));

-- Over everything that an entry says. A JSON array of texts and numbers keeps the fields apart; times are microseconds, which do
-- not depend on the time zone of the session.
CREATE FUNCTION audit_hash(entry audit_log) RETURNS bytea LANGUAGE sql STABLE AS $$
    SELECT sha256(convert_to(json_build_array(
        encode(entry.previous_hash, 'hex'), entry.number, entry.topic, entry.event_source, entry.event_id, entry.event_type,
        entry.user_id, (extract(epoch FROM entry.occurred_at) * 1000000)::bigint,
        (extract(epoch FROM entry.recorded_at) * 1000000)::bigint, entry.payload)::text, 'UTF8'))
$$;

-- Numbers and chains what is inserted. An event that is in the log already is left out.
CREATE FUNCTION audit_append() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
    head audit_head;
BEGIN
    SELECT * INTO STRICT head FROM audit_head FOR UPDATE;
    IF EXISTS (SELECT FROM audit_log
               WHERE topic = NEW.topic AND event_source = NEW.event_source AND event_id = NEW.event_id) THEN
        RETURN NULL;
    END IF;
    NEW.number := head.number + 1;
    NEW.previous_hash := head.hash;
    NEW.recorded_at := clock_timestamp();
    NEW.hash := audit_hash(NEW);
    UPDATE audit_head SET number = NEW.number, hash = NEW.hash;
    RETURN NEW;
END
$$;

CREATE TRIGGER audit_append BEFORE INSERT ON audit_log FOR EACH ROW EXECUTE FUNCTION audit_append();

CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'audit_log is only ever added to: % is refused', TG_OP;
END
$$;

CREATE TRIGGER audit_refuse BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_log
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
