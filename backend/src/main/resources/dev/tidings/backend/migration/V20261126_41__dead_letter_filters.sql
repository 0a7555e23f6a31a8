-- The lists of operators: by status and one further condition, newest first, page by page.
CREATE INDEX CONCURRENTLY dead_letter_by_status ON dead_letter (status, id);
CREATE INDEX CONCURRENTLY dead_letter_by_consumer ON dead_letter (status, consumer, id);
CREATE INDEX CONCURRENTLY dead_letter_by_topic ON dead_letter (status, topic, id);
CREATE INDEX CONCURRENTLY dead_letter_by_type ON dead_letter (status, event_type, id);
