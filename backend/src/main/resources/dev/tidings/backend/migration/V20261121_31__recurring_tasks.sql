-- What recurring-task-service needs to add the next task of a series.
ALTER TABLE task
    -- Where days and months are counted: the name of a place or an offset; null is UTC.
    ADD COLUMN time_zone        text,
    -- When the series was due first: a task due on the 31st is due on the 28th in February and on the 31st in March again. Null
    -- where this task begins the series.
    ADD COLUMN series_start     timestamptz,
    -- The task whose completion added this one. Unique: it is added once, however often the worker is told. No foreign key: the
    -- earlier task may be deleted.
    ADD COLUMN previous_task_id uuid UNIQUE;
