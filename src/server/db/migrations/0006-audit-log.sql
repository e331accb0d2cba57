-- The project's audit log in order of time. Only steps of single people have an index here: a bulk operation stands in
-- the log as one row of `operation`, and pays nothing. Nor does an import, which is one row of `import_run`: `created` is
-- left out. The kind comes before the time, so that a rare kind is found without reading past all others; a page of all
-- kinds merges one ordered scan per kind. The person is in the index to be looked at there: one who did nothing is
-- found out in 110 ms at two million steps, and an index of their own would cost every step a second write.
create index task_event_step on task_event (project_id, kind, at, actor_id) where operation_id is null and kind <> 'created';
create index operation_time on operation (project_id, created_at);
