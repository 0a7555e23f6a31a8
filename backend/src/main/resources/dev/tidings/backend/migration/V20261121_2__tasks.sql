CREATE TABLE task (
    -- UUIDv7: a list by id is a list by time of creation.
    task_id      uuid PRIMARY KEY,
    user_id      text NOT NULL,
    title        text NOT NULL,
    description  text,
    due_at       timestamptz,
    recurrence   text CHECK (recurrence IN ('daily', 'weekly', 'monthly')),
    status       text NOT NULL CHECK (status IN ('open', 'completed')),
    -- Counts the changes from 1; clients ignore an event with a version older than what they show.
    version      bigint NOT NULL CHECK (version > 0),
    created_at   timestamptz NOT NULL,
    updated_at   timestamptz NOT NULL,
    completed_at timestamptz,
    CHECK ((status = 'completed') = (completed_at IS NOT NULL))
);

CREATE INDEX task_by_user ON task (user_id, task_id DESC);
