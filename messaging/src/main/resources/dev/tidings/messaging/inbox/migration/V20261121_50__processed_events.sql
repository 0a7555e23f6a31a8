-- The inbox of every worker: one row says that one consumer has done what one event asks for. Written by Inbox, in the
-- transaction of the effect. For operators it answers "who did what for this payment, and when".

CREATE TABLE processed_events (
    -- The consumer: app id of the worker.
    source         text NOT NULL,
    -- CloudEvent's source and id: together they name the event.
    event_source   text NOT NULL,
    event_id       text NOT NULL,
    event_type     text NOT NULL,
    -- Id of the payment that the flow began with, where the event names one.
    correlation_id text,
    topic          text NOT NULL,
    -- Partition key and time of the event: whether a later one of the same key was processed already (replays).
    event_key      text,
    event_time     timestamptz NOT NULL,
    processed_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (event_id, event_source, source)
);

CREATE INDEX processed_events_flow ON processed_events (correlation_id) WHERE correlation_id IS NOT NULL;
CREATE INDEX processed_events_key ON processed_events (event_key, topic) WHERE event_key IS NOT NULL;
