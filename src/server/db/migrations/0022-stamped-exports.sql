-- An export's tasks are stamped as exported step by step, after the set is frozen: in one transaction with it, all of them
-- were locked until the last one was.
-- Up to which of its tasks: null when all are.
alter table export_run add column stamped_to bigint;
alter table export_run alter column stamped_to set default 0;
-- What is left to do, looked for at each turn of the job.
create index export_run_unstamped on export_run (id) where stamped_to is not null;
