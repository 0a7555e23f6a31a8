-- Written by notification-service, read and marked as read by the backend.
CREATE TABLE notification (
    -- UUIDv7: a list by id is a list by time of creation.
    notification_id uuid PRIMARY KEY,
    user_id         text NOT NULL,
    type            text NOT NULL,
    priority        text NOT NULL CHECK (priority IN ('high', 'normal')),
    title           text NOT NULL,
    message         text NOT NULL,
    -- The order or task that it is about.
    subject_id      text,
    created_at      timestamptz NOT NULL,
    -- Null while it is unread.
    read_at         timestamptz
);

CREATE INDEX notification_by_user ON notification (user_id, notification_id DESC);
CREATE INDEX notification_unread ON notification (user_id, notification_id DESC) WHERE read_at IS NULL;

-- When open tasks are due, as notification-service knows from their events. It may be behind the tasks, so the task itself is
-- looked at before anybody is reminded. Scanned by time, by any number of processes.
CREATE TABLE reminder (
    task_id uuid PRIMARY KEY,
    -- Of the task at its last event; an older event that comes later changes nothing.
    version bigint NOT NULL,
    due_at  timestamptz NOT NULL,
    -- Whether this date was dealt with.
    is_done boolean NOT NULL DEFAULT false
);

CREATE INDEX reminder_waiting ON reminder (due_at) WHERE NOT is_done;
