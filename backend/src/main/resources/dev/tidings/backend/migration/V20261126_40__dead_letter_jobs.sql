-- Replays or discards all open dead letters of a filter, in the background and in bounded steps.
CREATE TABLE dead_letter_job (
    -- UUIDv7. The job handles letters with smaller ids, those that arrived before it.
    id           uuid PRIMARY KEY,
    action       text NOT NULL CHECK (action IN ('replay', 'discard')),
    -- The filter; null is no condition.
    consumer     text,
    topic        text,
    event_type   text,
    requested_by text NOT NULL,
    requested_at timestamptz NOT NULL,
    status       text NOT NULL CHECK (status IN ('running', 'done', 'stopped')),
    -- Open letters of the filter when the job was requested, counted up to 100 001.
    matching     integer NOT NULL,
    -- The last letter that was handled. Letters are handled in the order of their ids.
    last_id      uuid,
    -- Letters that were replayed or discarded, and letters that failed again.
    succeeded    integer NOT NULL DEFAULT 0,
    failed       integer NOT NULL DEFAULT 0,
    -- Why the job waits at present.
    waits_for    text,
    -- The replica that works on it extends this.
    leased_until timestamptz NOT NULL,
    ended_at     timestamptz
);

-- One at a time: two jobs would replay the same letters.
CREATE UNIQUE INDEX dead_letter_job_running ON dead_letter_job ((true)) WHERE status = 'running';
