-- For the pruning by age. Rows lie in the order of their time, so a few bytes per range of pages do, and an insert costs nothing.
CREATE INDEX processed_events_age ON processed_events USING brin (processed_at) WITH (pages_per_range = 32, autosummarize = on);
