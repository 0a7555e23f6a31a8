-- What a worker could not do, and why. The bus carries a dead letter without a reason, so the worker writes it here, in a
-- transaction of its own; the dead-letter console joins the two by event. A row stays when a later attempt succeeds.

CREATE TABLE event_failure (
    source          text NOT NULL,
    event_source    text NOT NULL,
    event_id        text NOT NULL,
    event_type      text NOT NULL,
    correlation_id  text,
    topic           text NOT NULL,
    event_key       text,
    -- Of the last attempt.
    reason          text NOT NULL,
    -- Further attempts are pointless until somebody changes something.
    permanent       boolean NOT NULL,
    -- All deliveries that failed, replays included.
    attempts        integer NOT NULL,
    -- The CloudEvent as it came.
    event           text NOT NULL,
    first_failed_at timestamptz NOT NULL,
    last_failed_at  timestamptz NOT NULL,
    PRIMARY KEY (event_id, event_source, source)
);

CREATE INDEX event_failure_age ON event_failure (last_failed_at);
