-- Tutoring: what is sold, who teaches, who paid, who teaches whom, and when. Shared by the backend and the workers.
-- Ids of users are opaque texts (a token's subject); all other ids are UUIDv7, so that a list by id is a list by time.

-- Lets an exclusion constraint compare texts beside ranges. Where the role may not create it, the database comes with it.
DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_extension WHERE extname = 'btree_gist') THEN
        CREATE EXTENSION btree_gist;
    END IF;
END $$;

CREATE TABLE courses (
    id          text PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 128),
    title       text NOT NULL,
    description text NOT NULL DEFAULT '',
    -- What a trainer must be able to teach, see trainer_skills.
    skill       text NOT NULL,
    -- IANA name; the student's time zone where a payment names none.
    time_zone   text NOT NULL DEFAULT 'UTC',
    -- Whether it can be bought.
    is_active   boolean NOT NULL DEFAULT true,
    created_at  timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE course_tiers (
    course_id text NOT NULL REFERENCES courses ON DELETE CASCADE,
    -- Number of sessions.
    tier      integer NOT NULL CHECK (tier IN (10, 20, 30)),
    price     numeric(10, 2) NOT NULL CHECK (price >= 0),
    PRIMARY KEY (course_id, tier)
);

CREATE TABLE trainers (
    -- The subject of the trainer's tokens.
    id                 text PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 128),
    name               text NOT NULL,
    -- IANA name; the availability is meant in it.
    time_zone          text NOT NULL DEFAULT 'UTC',
    -- Whether new students may be given to them.
    is_active          boolean NOT NULL DEFAULT true,
    -- The load: how many allocations are approved or active. Kept by whoever changes an allocation, in the same transaction.
    active_allocations integer NOT NULL DEFAULT 0 CHECK (active_allocations >= 0),
    created_at         timestamptz NOT NULL DEFAULT now()
) WITH (fillfactor = 80);

CREATE TABLE trainer_skills (
    skill      text NOT NULL,
    trainer_id text NOT NULL REFERENCES trainers ON DELETE CASCADE,
    PRIMARY KEY (skill, trainer_id)
);

CREATE INDEX trainer_skills_of_trainer ON trainer_skills (trainer_id);

-- When a trainer works in each week, in the trainer's time zone.
CREATE TABLE trainer_availability (
    trainer_id  text NOT NULL REFERENCES trainers ON DELETE CASCADE,
    -- ISO: 1 is Monday.
    day_of_week integer NOT NULL CHECK (day_of_week BETWEEN 1 AND 7),
    from_time   time NOT NULL,
    -- 24:00 is the end of the day.
    to_time     time NOT NULL,
    PRIMARY KEY (trainer_id, day_of_week, from_time),
    CHECK (from_time < to_time)
);

CREATE TABLE payments (
    -- Also the correlation id of every event that follows.
    id            uuid PRIMARY KEY,
    student_id    text NOT NULL,
    course_id     text NOT NULL REFERENCES courses,
    purchase_tier integer NOT NULL CHECK (purchase_tier IN (10, 20, 30)),
    -- The price when the payment was made.
    amount        numeric(10, 2) NOT NULL CHECK (amount >= 0),
    -- Time of day of the sessions, and the first day they may be on, both in time_zone, the student's.
    time_slot     text NOT NULL CHECK (time_slot ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
    start_date    date NOT NULL,
    time_zone     text NOT NULL,
    status        text NOT NULL CHECK (status IN ('pending', 'succeeded', 'cancelled')),
    created_at    timestamptz NOT NULL,
    confirmed_at  timestamptz,
    cancelled_at  timestamptz,
    CHECK ((status = 'succeeded') = (confirmed_at IS NOT NULL)),
    CHECK ((status = 'cancelled') = (cancelled_at IS NOT NULL))
);

CREATE INDEX payments_of_student ON payments (student_id, id DESC);

CREATE TABLE student_course_purchases (
    id            uuid PRIMARY KEY,
    student_id    text NOT NULL,
    course_id     text NOT NULL REFERENCES courses,
    purchase_tier integer NOT NULL CHECK (purchase_tier IN (10, 20, 30)),
    -- Slot, start date and time zone stand there.
    payment_id    uuid NOT NULL UNIQUE REFERENCES payments,
    is_active     boolean NOT NULL DEFAULT true,
    created_at    timestamptz NOT NULL DEFAULT now()
);

-- R-PF-2
CREATE UNIQUE INDEX one_active_purchase ON student_course_purchases (student_id, course_id) WHERE is_active;

CREATE TABLE trainer_allocations (
    id          uuid PRIMARY KEY,
    -- An allocation is idempotent by purchase.
    purchase_id uuid NOT NULL UNIQUE REFERENCES student_course_purchases,
    student_id  text NOT NULL,
    course_id   text NOT NULL REFERENCES courses,
    -- None while it waits for one.
    trainer_id  text REFERENCES trainers,
    -- waiting → approved → active (a session was held) → completed (all were); cancelled ends any of them.
    status      text NOT NULL CHECK (status IN ('waiting', 'approved', 'active', 'completed', 'cancelled')),
    -- Why it waits, as a code.
    reason      text,
    created_at  timestamptz NOT NULL DEFAULT now(),
    approved_at timestamptz,
    ended_at    timestamptz,
    CHECK (CASE status
        WHEN 'waiting' THEN trainer_id IS NULL AND approved_at IS NULL AND reason IS NOT NULL
        WHEN 'cancelled' THEN true
        ELSE trainer_id IS NOT NULL AND approved_at IS NOT NULL
    END),
    CHECK ((status IN ('completed', 'cancelled')) = (ended_at IS NOT NULL))
);

-- R-PF-3
CREATE UNIQUE INDEX one_trainer_per_student_and_course ON trainer_allocations (student_id, course_id)
    WHERE status IN ('approved', 'active');
CREATE INDEX trainer_allocations_waiting ON trainer_allocations (id) WHERE status = 'waiting';
CREATE INDEX trainer_allocations_of_trainer ON trainer_allocations (trainer_id) WHERE status IN ('approved', 'active');

CREATE TABLE tutoring_sessions (
    id             uuid PRIMARY KEY,
    allocation_id  uuid NOT NULL REFERENCES trainer_allocations,
    student_id     text NOT NULL,
    trainer_id     text NOT NULL,
    course_id      text NOT NULL,
    -- As the student's calendar shows it, in time_zone, the student's.
    scheduled_date date NOT NULL,
    scheduled_time time NOT NULL,
    time_zone      text NOT NULL,
    -- The same as instants, made by dev.tidings.tutoring.SessionPlan.
    starts_at      timestamptz NOT NULL,
    ends_at        timestamptz NOT NULL,
    during         tstzrange NOT NULL GENERATED ALWAYS AS (tstzrange(starts_at, ends_at)) STORED,
    status         text NOT NULL CHECK (status IN ('scheduled', 'completed', 'cancelled')),
    created_at     timestamptz NOT NULL DEFAULT now(),
    completed_at   timestamptz,
    CHECK (starts_at < ends_at),
    CHECK ((status = 'completed') = (completed_at IS NOT NULL)),
    UNIQUE (allocation_id, scheduled_date, scheduled_time),
    -- Nobody teaches two sessions at once, not even for a minute, whatever time zones they were agreed in.
    CONSTRAINT no_double_booking EXCLUDE USING gist (trainer_id WITH =, during WITH &&) WHERE (status = 'scheduled')
);

-- For the lists of a student and of a trainer.
CREATE INDEX tutoring_sessions_of_student ON tutoring_sessions (student_id, starts_at, id);
CREATE INDEX tutoring_sessions_of_trainer ON tutoring_sessions (trainer_id, starts_at, id);
