-- The few entries that somebody skipped before: why a person is offered nothing is asked whenever a queue is empty, and
-- that must not look through a million others.
create index queue_entry_skips on queue_entry (project_id, stage_id) where skipper_ids <> '[]';
