-- Saved views of the Tasks page. A person who leaves keeps theirs: shared ones stay open to all and managers look after
-- them; private ones are invisible until their owner comes back.
create table task_view (
  project_id bigint not null,
  id bigint generated always as identity,
  owner_id bigint not null,
  name text not null,
  is_shared boolean not null,
  filter jsonb not null,
  sort text,
  columns jsonb not null,
  version int not null default 1,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  updated_by_id bigint not null,
  primary key (project_id, id)
);
create unique index task_view_shared_name on task_view (project_id, lower(name)) where is_shared;
create unique index task_view_own_name on task_view (project_id, owner_id, lower(name)) where not is_shared;

-- What the page opens with, by role; only shared views.
create table task_view_role_default (
  project_id bigint not null,
  role text not null check (role in ('manager', 'reviewer')),
  view_id bigint not null,
  primary key (project_id, role)
);
-- … and by person, who may also have chosen none: all tasks.
create table task_view_own_default (
  project_id bigint not null,
  person_id bigint not null,
  view_id bigint,
  primary key (project_id, person_id)
);

-- A CSV that was asked for: which tasks in which order, as 8 bytes each. One value and not a row per task: it is written
-- in one go, read in slices, and gone with one delete. Stored outside and not compressed, so that a slice reads a slice.
create table task_file (
  project_id bigint not null,
  id bigint generated always as identity,
  person_id bigint not null,
  columns jsonb not null,
  task_ids bytea not null,
  total int not null,
  written int not null default 0,
  state text not null default 'ready' check (state in ('ready', 'writing', 'done', 'stopped')),
  created_at timestamptz(3) not null default now(),
  primary key (project_id, id)
);
alter table task_file alter column task_ids set storage external;
create index task_file_age on task_file (created_at);
