-- An operation's frozen set in parts of up to 1,000 tasks, and what became of them in groups: a row for all tasks of a
-- part that got the same decision. A group is the result, the history and what undo needs, at once: a bulk change
-- writes no row per task besides the task itself (docs/decisions/0012).

-- A task's columns as they were before a change. Columns that the change left alone are null.
create type task_before as (
  id bigint, version int, event_count int, history_floor int,
  stage_id int, assignee_id bigint, stage_assignees jsonb, is_returned boolean, times_returned int,
  split text, split_source text, is_split_locked boolean, priority int, batch_id bigint,
  is_skipped boolean, skip_reason text, skip_note text, skipped_by_id bigint, skipped_at timestamptz(3), skipper_ids jsonb,
  queued_at timestamptz(3), is_archived boolean, duration_ms bigint, review_ms bigint, duration_floor bigint,
  revision_id bigint, object_count int, class_counts jsonb, generation int, labelled_by_id bigint, reviewed_by_id bigint,
  completed_at timestamptz(3), exported_at timestamptz(3)
);

-- What is not done yet. A part goes when its groups are written, in the same transaction.
create table operation_part (
  project_id bigint not null,
  operation_id bigint not null,
  number int not null,
  total int not null,
  -- For the typed confirmation, at the moment of freezing.
  objects bigint not null default 0,
  completed int not null default 0,
  first_id bigint not null,
  last_id bigint not null,
  task_ids bigint[] not null,
  -- One word per task, in the order of task_ids; null where nothing is planned.
  plan text[],
  -- An undo's part is a group of the operation that it undoes.
  undoes_part int,
  undoes_number int,
  primary key (project_id, operation_id, number)
);

create table operation_group (
  project_id bigint not null,
  operation_id bigint not null,
  part int not null,
  number int not null,
  outcome text not null check (outcome in ('applied', 'unchanged', 'refused')),
  reason text,
  person_id bigint,
  total int not null,
  first_id bigint not null,
  last_id bigint not null,
  at timestamptz(3) not null,
  -- Names of the columns that changed.
  columns text[] not null default '{}',
  -- The events of each task of the group, in order. A value {"own": column} is the task's own, from `before`;
  -- {"saved": column} is what the undone operation had saved.
  events jsonb not null default '[]',
  task_ids bigint[] not null,
  before task_before[],
  primary key (project_id, operation_id, part, number)
);
-- The timeline of one task: groups whose span holds it.
create index operation_group_span on operation_group (project_id, last_id, first_id);
-- Compressed, reading one task's values would unpack all thousand.
alter table operation_group alter column before set storage external;
alter table operation_group alter column task_ids set storage external;
alter table operation_part alter column task_ids set storage external;

-- What earlier versions kept a row per task. Their events stay rows of task_event.
insert into operation_part (project_id, operation_id, number, total, first_id, last_id, task_ids, plan)
select project_id, operation_id, 1000000 + n, count(*), min(task_id), max(task_id), array_agg(task_id order by task_id), array_agg(plan order by task_id)
from (select *, (row_number() over (partition by project_id, operation_id order by task_id) - 1) / 1000 as n from operation_task where outcome is null) x
group by project_id, operation_id, n;

insert into operation_group (project_id, operation_id, part, number, outcome, reason, person_id, total, first_id, last_id, at, columns, task_ids, before)
select project_id, operation_id, n, row_number() over (partition by project_id, operation_id, n order by min(task_id)),
       outcome, reason, person_id, count(*), min(task_id), max(task_id), at, columns, array_agg(task_id order by task_id),
       case when outcome = 'applied' then array_agg(jsonb_populate_record(null::task_before, coalesce(before, '{}') || jsonb_build_object('id', task_id, 'version', version_after - 1, 'event_count', 0, 'history_floor', 0)) order by task_id) end
from (
  select x.*, coalesce(o.finished_at, o.created_at) as at, array(select jsonb_object_keys(coalesce(x.before, '{}')) order by 1) as columns,
         (row_number() over (partition by x.project_id, x.operation_id order by x.task_id) - 1) / 1000 as n
  from operation_task x join operation o on o.project_id = x.project_id and o.id = x.operation_id where x.outcome is not null) x
group by project_id, operation_id, n, outcome, reason, person_id, at, columns;

drop table operation_task;

-- Room for a second version of every row of a page, so that a change of all of them stays heap-only: with 60, a third
-- of the rows of a bulk change went to other pages and into all indexes.
alter table task set (fillfactor = 45);

-- Claims move entries of the queue's index; the dead ones pile up at its head, where every claim begins to walk.
alter table queue_entry set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000, vacuum_index_cleanup = on);
