-- What a worker gave up on, for an operator to look at, replay or discard. The reason comes from event_failure.
CREATE TABLE dead_letter (
    -- UUIDv7: a list by id is a list by time of arrival.
    id             uuid PRIMARY KEY,
    event_source   text NOT NULL,
    event_id       text NOT NULL,
    event_type     text NOT NULL,
    topic          text NOT NULL,
    event_key      text,
    event_time     timestamptz,
    correlation_id text,
    -- App id of the worker that failed; null if none has said so: its sidecar gave up without reaching it.
    consumer       text,
    error          text NOT NULL,
    attempts       integer NOT NULL,
    -- The CloudEvent as it came.
    event          text NOT NULL,
    status         text NOT NULL CHECK (status IN ('open', 'replayed', 'discarded')),
    received_at    timestamptz NOT NULL,
    -- Since when it has this status.
    changed_at     timestamptz NOT NULL,
    replays        integer NOT NULL DEFAULT 0,
    UNIQUE NULLS NOT DISTINCT (event_source, event_id, consumer)
);

CREATE INDEX dead_letter_open ON dead_letter (id) WHERE status = 'open';

-- Who did what with it. Rows are only added.
CREATE TABLE dead_letter_action (
    dead_letter_id uuid NOT NULL REFERENCES dead_letter,
    at             timestamptz NOT NULL,
    -- Subject of the operator's token; `backend` for a redelivery that nobody asked for.
    actor          text NOT NULL,
    action         text NOT NULL CHECK (action IN ('replay', 'discard')),
    -- Of a replay: what the consumer answered.
    result         text
);

CREATE INDEX dead_letter_action_of ON dead_letter_action (dead_letter_id, at);
