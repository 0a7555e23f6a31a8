-- Answers to writes that carried an Idempotency-Key, written in the transaction of the write itself.
CREATE TABLE idempotency_key (
    user_id      text NOT NULL,
    key          text NOT NULL,
    -- SHA-256 of method, path and body: the same key with another request is a mistake of the client.
    fingerprint  bytea NOT NULL,
    -- The answer; null only inside the transaction that makes it.
    status       integer,
    location     text,
    body         text,
    created_at   timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (user_id, key)
);

CREATE INDEX idempotency_key_age ON idempotency_key (created_at);
