-- The lists of operators: by topic or reason, newest first, page by page.
CREATE INDEX CONCURRENTLY rejected_event_by_topic ON rejected_event (topic, id);
CREATE INDEX CONCURRENTLY rejected_event_by_reason ON rejected_event (reason, id);
