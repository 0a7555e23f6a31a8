-- The log of all streams (docs/architecture.md#the-one-idea). How these tables are written and read: package dev.tidings.websocket.log.

-- One random row: the epoch that every cursor carries. A reset makes another one by itself; after a restore from a backup
-- the operator runs: UPDATE log_epoch SET epoch = DEFAULT. Cursors of the lost past are then answered by a gap, not by
-- numbers that meanwhile mean other events.
CREATE TABLE log_epoch
(
    only_row BOOLEAN PRIMARY KEY DEFAULT TRUE CHECK (only_row),
    epoch    BIGINT NOT NULL     DEFAULT ('x' || md5(gen_random_uuid()::text))::bit(64)::bigint
);
INSERT INTO log_epoch DEFAULT VALUES;

-- The counter of each stream. Its row lock is what makes numbers gapless in the order of commits, and timestamps monotone.
CREATE TABLE stream
(
    name           TEXT PRIMARY KEY,
    last_number    BIGINT NOT NULL,
    last_timestamp BIGINT NOT NULL
) WITH (fillfactor = 70);

-- Which events are known, and as what. Outlives the log, so it also tells which types a gap held.
CREATE TABLE ingested_event
(
    stream      TEXT   NOT NULL,
    source      TEXT   NOT NULL,
    event_id    TEXT   NOT NULL,
    number      BIGINT NOT NULL,
    timestamp   BIGINT NOT NULL,
    event_type  TEXT   NOT NULL,
    PRIMARY KEY (stream, source, event_id)
);
-- For times into numbers, and for the types of a gap: time and number grow together within a stream.
CREATE INDEX idx_ingested_event_time ON ingested_event (stream, timestamp, number) INCLUDE (event_type);
-- For pruning; a few pages large, since rows come in the order of time.
CREATE INDEX idx_ingested_event_age ON ingested_event USING brin (timestamp);

-- One row per event and stream (R-EV-1). Partitions come and go at run time, see LogRetention.
CREATE SEQUENCE business_event_log_id CACHE 100;
CREATE TABLE business_event_log
(
    id           BIGINT      NOT NULL DEFAULT nextval('business_event_log_id'),
    event_type   TEXT        NOT NULL,
    event_data   JSONB       NOT NULL,
    timestamp    BIGINT      NOT NULL, -- epoch ms of logging
    user_id      TEXT,
    role         TEXT,
    created_at   TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp(),
    source       TEXT        NOT NULL,
    event_id     TEXT        NOT NULL,
    stream       TEXT        NOT NULL,
    number       BIGINT      NOT NULL,
    message_type TEXT        NOT NULL,
    recipients   TEXT[]      NOT NULL,
    PRIMARY KEY (stream, number, timestamp),
    CHECK (num_nonnulls(user_id, role) = 1)
) PARTITION BY RANGE (timestamp);
ALTER SEQUENCE business_event_log_id OWNED BY business_event_log.id;

CREATE INDEX idx_event_log_timestamp ON business_event_log (timestamp);
CREATE INDEX idx_event_log_user ON business_event_log (user_id, timestamp);
-- "Where is this event?" (R-EV-5)
CREATE INDEX idx_event_log_event ON business_event_log (event_id);

-- Events that could not be delivered, with the reason, for operators.
CREATE TABLE rejected_event
(
    id          BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    rejected_at TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp(),
    topic       TEXT        NOT NULL,
    source      TEXT,
    event_id    TEXT,
    reason      TEXT        NOT NULL,
    detail      TEXT        NOT NULL,
    payload     BYTEA       NOT NULL, -- its beginning, as it came
    size        INTEGER     NOT NULL  -- bytes of the whole payload
);
CREATE INDEX idx_rejected_event_age ON rejected_event (rejected_at);
