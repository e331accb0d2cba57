-- Which tasks a transaction changed, for whoever keeps something in step with them (open pages, the column index).
-- xid, not a sequence: a reader asks for what was not yet committed at its last look, so that nothing slips through
-- when transactions commit in another order than they began (docs/decisions/0009).
create table task_change (
  project_id bigint not null,
  xid xid8 not null default pg_current_xact_id(),
  number bigint generated always as identity,
  at timestamptz(3) not null default now(),
  task_ids bigint[] not null,
  primary key (project_id, xid, number)
);
-- Read once and soon thrown away: not worth compressing.
alter table task_change alter column task_ids set storage external;
