-- The outbox of one service, in that service's schema. Written by Outbox, read by the relay.

CREATE TABLE outbox (
    -- UUIDv7, the CloudEvent's id on every attempt.
    id           uuid PRIMARY KEY,
    -- The order within a (topic, key): taken when the row is written, under the lock of the aggregate it speaks of.
    position     bigint GENERATED ALWAYS AS IDENTITY,
    topic        text NOT NULL,
    key          text NOT NULL,
    -- Which lease the key belongs to: a hash of the key, see outbox_slot.
    slot         smallint NOT NULL,
    type         text NOT NULL,
    payload      json NOT NULL,
    -- W3C trace context of the request that caused the event.
    traceparent  text,
    created_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    -- When the sidecar took it; null while it waits. Kept for some hours for diagnosis, then pruned.
    published_at timestamptz,
    -- How often this event was tried alone and refused, and why: where a key that waits got stuck.
    attempts     integer NOT NULL DEFAULT 0,
    last_error   text
);

CREATE INDEX outbox_unsent ON outbox (position) WHERE published_at IS NULL;
CREATE INDEX outbox_sent ON outbox (published_at) WHERE published_at IS NOT NULL;

-- Every row is updated once and deleted once: clean up early, and leave room for the update.
ALTER TABLE outbox SET (
    fillfactor = 80,
    autovacuum_vacuum_scale_factor = 0.02,
    autovacuum_vacuum_insert_scale_factor = 0.05
);

-- Who publishes which keys. A slot whose lease has run out belongs to nobody.
CREATE TABLE outbox_slot (
    slot        smallint PRIMARY KEY,
    relay       uuid,
    lease_until timestamptz NOT NULL DEFAULT '-infinity'
);

INSERT INTO outbox_slot (slot) SELECT generate_series(0, 15);

-- Which relays are alive, so that each knows its fair share of the slots.
CREATE TABLE outbox_relay (
    relay       uuid PRIMARY KEY,
    alive_until timestamptz NOT NULL
);
