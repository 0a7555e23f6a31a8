-- "What became of this event?" (R-EV-5)
CREATE INDEX idx_rejected_event_event ON rejected_event (event_id);
