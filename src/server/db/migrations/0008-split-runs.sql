-- Runs of Auto split: what each came to and which split it gave to which task. Kept longer than an operation can be
-- undone, so that a model's data can be named years later. Parameters and selection stand in the operation.
create table split_run (
  project_id bigint not null,
  operation_id bigint not null,
  -- SplitReport of contract/plan-reports.ts
  report jsonb not null,
  primary key (project_id, operation_id)
);

create table split_run_part (
  project_id bigint not null,
  operation_id bigint not null,
  number int not null,
  split text not null check (split in ('train', 'validation', 'test')),
  task_ids bigint[] not null,
  primary key (project_id, operation_id, number, split)
);
