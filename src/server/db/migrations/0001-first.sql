-- Every table of a project starts its primary key with project_id, and no foreign key crosses a project.
-- timestamptz(3): the precision of JSON and JavaScript, so that keyset cursors on moments are exact.

create table person (
  id bigint generated always as identity primary key,
  email text not null,
  name text not null,
  password_hash text not null,
  created_at timestamptz(3) not null default now()
);
create unique index person_email on person (lower(email));

create table session (
  token_hash text primary key,
  person_id bigint not null references person (id) on delete cascade,
  user_agent text not null default '',
  created_at timestamptz(3) not null default now(),
  last_seen_at timestamptz(3) not null default now(),
  expires_at timestamptz(3) not null
);
create index session_person on session (person_id);

create table api_token (
  id bigint generated always as identity primary key,
  person_id bigint not null references person (id) on delete cascade,
  name text not null,
  token_hash text not null unique,
  prefix text not null,
  created_at timestamptz(3) not null default now(),
  last_used_at timestamptz(3)
);
create index api_token_person on api_token (person_id);

create table organization (
  id bigint generated always as identity primary key,
  name text not null,
  created_at timestamptz(3) not null default now()
);

create table organization_member (
  organization_id bigint not null references organization (id) on delete cascade,
  person_id bigint not null references person (id) on delete cascade,
  role text not null check (role in ('owner', 'admin', 'member')),
  created_at timestamptz(3) not null default now(),
  primary key (organization_id, person_id)
);
create index organization_member_person on organization_member (person_id);

create table project (
  id bigint generated always as identity primary key,
  organization_id bigint not null references organization (id),
  name text not null,
  description text not null default '',
  review_enabled boolean not null default true,
  review_sampling_percent real not null default 100,
  idle_threshold_s int not null default 60,
  lease_timeout_s int not null default 1800,
  allow_skip boolean not null default true,
  allow_self_review boolean not null default false,
  release_on_import boolean not null default false,
  is_sample boolean not null default false,
  created_at timestamptz(3) not null default now()
);
create index project_organization on project (organization_id);

create table project_member (
  project_id bigint not null references project (id) on delete cascade,
  person_id bigint not null references person (id) on delete cascade,
  role text not null check (role in ('manager', 'reviewer', 'labeler')),
  created_at timestamptz(3) not null default now(),
  primary key (project_id, person_id)
);
create index project_member_person on project_member (person_id);

-- project_id null: an invitation to the organization only.
create table invitation (
  id bigint generated always as identity primary key,
  organization_id bigint not null references organization (id) on delete cascade,
  project_id bigint references project (id) on delete cascade,
  organization_role text not null check (organization_role in ('owner', 'admin', 'member')),
  project_role text check (project_role in ('manager', 'reviewer', 'labeler')),
  email text,
  token_hash text not null unique,
  created_by_id bigint not null references person (id),
  created_at timestamptz(3) not null default now(),
  expires_at timestamptz(3) not null,
  accepted_at timestamptz(3),
  accepted_by_id bigint references person (id)
);
create index invitation_organization on invitation (organization_id);

create table stage (
  project_id bigint not null,
  id int not null,
  position int not null,
  kind text not null check (kind in ('prepare', 'label', 'review', 'completed')),
  name text not null,
  primary key (project_id, id)
);

create table label_schema (
  project_id bigint primary key,
  version int not null default 1,
  document jsonb not null,
  updated_at timestamptz(3) not null default now()
);

create table batch (
  project_id bigint not null,
  id bigint generated always as identity,
  name text not null,
  created_at timestamptz(3) not null default now(),
  primary key (project_id, id)
);
create unique index batch_name on batch (project_id, lower(name));

-- Not cached: ids ascend in the order of arrival, which the queue's last tie-break and the default sort mean.
create sequence asset_id as bigint;
create table asset (
  project_id bigint not null,
  id bigint not null default nextval('asset_id'),
  name text not null,
  folder text not null default '',
  content_hash text not null,
  byte_size bigint not null,
  mime_type text not null,
  width int not null,
  height int not null,
  metadata jsonb not null default '{}',
  thumbnail_state text not null default 'pending' check (thumbnail_state in ('pending', 'ready', 'failed')),
  created_at timestamptz(3) not null default now(),
  primary key (project_id, id)
);
create unique index asset_content on asset (project_id, content_hash);
create index asset_name on asset (project_id, name);
create index asset_thumbnail on asset (project_id, id) where thumbnail_state = 'pending';

-- The wide row has indexes only on what bulk operations do not change, and room on each page: a change of
-- stage, assignee, split… is then a heap-only update and touches no index (docs/decisions/0003).
create sequence task_id as bigint;
create table task (
  project_id bigint not null,
  id bigint not null default nextval('task_id'),
  asset_id bigint not null,
  name text not null,
  folder text not null,
  width int not null,
  height int not null,
  stage_id int not null,
  assignee_id bigint,
  stage_assignees jsonb not null default '{}',
  is_returned boolean not null default false,
  times_returned int not null default 0,
  split text check (split in ('train', 'validation', 'test')),
  split_source text check (split_source in ('manual', 'auto')),
  is_split_locked boolean not null default false,
  priority int not null default 0 check (priority between -1000 and 1000),
  batch_id bigint,
  is_skipped boolean not null default false,
  skip_reason text check (skip_reason in ('ambiguous', 'poor_image_quality', 'other')),
  skip_note text,
  skipped_by_id bigint,
  skipped_at timestamptz(3),
  skipper_ids jsonb not null default '[]',
  queued_at timestamptz(3),
  is_archived boolean not null default false,
  duration_ms bigint not null default 0,
  review_ms bigint not null default 0,
  duration_floor bigint not null default 0,
  revision_id bigint,
  object_count int not null default 0,
  class_counts jsonb not null default '{}',
  event_count int not null default 0,
  history_floor int not null default 0,
  generation int not null default 1,
  version int not null default 1,
  labelled_by_id bigint,
  reviewed_by_id bigint,
  completed_at timestamptz(3),
  exported_at timestamptz(3),
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  primary key (project_id, id)
) with (fillfactor = 60);
create index task_name on task (project_id, name, id);
create index task_asset on task (project_id, asset_id);

-- Only history/record.ts writes tasks: it says so in the transaction. Anything else is refused.
create function task_writer_only() returns trigger language plpgsql as $$
begin
  if coalesce(current_setting('pixlhub.task_writer', true), '') <> 'record' then
    raise exception 'tasks are changed through history/record.ts only';
  end if;
  return null;
end $$;
create trigger task_writer_only before insert or update or delete or truncate on task
  for each statement execute function task_writer_only();

-- Only tasks that can be offered: in a label or review stage, not skipped, not archived.
create table queue_entry (
  project_id bigint not null,
  task_id bigint not null,
  stage_id int not null,
  assignee_id bigint,
  is_returned boolean not null,
  priority int not null,
  queued_at timestamptz(3) not null,
  labelled_by_id bigint,
  skipper_ids jsonb not null,
  primary key (project_id, task_id)
);
create index queue_entry_offer on queue_entry
  (project_id, stage_id, assignee_id, is_returned desc, priority desc, queued_at, task_id);

create table task_lease (
  project_id bigint not null,
  task_id bigint not null,
  person_id bigint not null,
  session_id text not null,
  generation int not null,
  opened_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,
  primary key (project_id, task_id)
);
create index task_lease_person on task_lease (project_id, person_id);

-- number counts within the task: no sequence, and "n entries" is a subtraction.
create table task_event (
  project_id bigint not null,
  task_id bigint not null,
  number int not null,
  kind text not null,
  at timestamptz(3) not null,
  actor_id bigint,
  actor_kind text not null check (actor_kind in ('person', 'token', 'system')),
  operation_id bigint,
  before jsonb,
  after jsonb,
  note text,
  primary key (project_id, task_id, number)
);
-- "Done today": kinds that bulk operations do not write, so the index costs them nothing.
create index task_event_done on task_event (project_id, actor_id, at) where kind in ('submitted', 'approved', 'rejected');

create sequence annotation_revision_id as bigint;
create table annotation_revision (
  project_id bigint not null,
  task_id bigint not null,
  id bigint not null default nextval('annotation_revision_id'),
  -- current: a state of the task · draft: work that a take-over kept from being saved
  kind text not null check (kind in ('saved', 'imported', 'draft')),
  author_id bigint,
  stage_id int not null,
  session_id text,
  objects jsonb not null,
  global_attributes jsonb not null default '{}',
  object_count int not null,
  class_counts jsonb not null,
  created_at timestamptz(3) not null default now(),
  primary key (project_id, task_id, id)
);

-- Append-only: a reset moves task.duration_floor, older rows stay.
create sequence time_entry_id as bigint;
create table time_entry (
  project_id bigint not null,
  task_id bigint not null,
  id bigint not null default nextval('time_entry_id'),
  person_id bigint not null,
  stage_id int not null,
  kind text not null check (kind in ('annotation', 'review')),
  session_id text not null,
  sequence int not null,
  ms int not null,
  at timestamptz(3) not null,
  primary key (project_id, task_id, id)
);
create index time_entry_person on time_entry (project_id, person_id, at);
create unique index time_entry_increment on time_entry (project_id, task_id, session_id, sequence);

-- When a person's last increment was accepted, on any task: two tabs never count twice.
create table person_clock (
  person_id bigint primary key,
  last_accepted_at timestamptz(3) not null
);

create table operation (
  project_id bigint not null,
  id bigint generated always as identity,
  name text not null,
  params jsonb not null,
  selection jsonb not null,
  key text,
  request_hash text not null default '',
  actor_id bigint,
  actor_kind text not null,
  state text not null check (state in ('running', 'done', 'cancelled', 'failed')),
  total int not null,
  applied int not null default 0,
  unchanged int not null default 0,
  refused int not null default 0,
  cancel_requested boolean not null default false,
  undoes_id bigint,
  undone_by_id bigint,
  error text,
  created_at timestamptz(3) not null default now(),
  finished_at timestamptz(3),
  primary key (project_id, id)
);
create unique index operation_key on operation (project_id, actor_id, key) where key is not null;
create index operation_running on operation (project_id, id) where state = 'running';

-- The frozen target of an operation, and what became of each task. outcome null: not reached yet.
create table operation_task (
  project_id bigint not null,
  operation_id bigint not null,
  task_id bigint not null,
  plan text,
  outcome text check (outcome in ('applied', 'unchanged', 'refused')),
  reason text,
  person_id bigint,
  before jsonb,
  version_after int,
  primary key (project_id, operation_id, task_id)
);
create index operation_task_open on operation_task (project_id, operation_id, task_id) where outcome is null;

create table import_run (
  project_id bigint not null,
  id bigint generated always as identity,
  kind text not null check (kind in ('images', 'annotations')),
  state text not null check (state in ('running', 'reported', 'done', 'cancelled', 'failed')),
  source text not null default '',
  format text,
  batch_id bigint,
  priority int not null default 0,
  total int,
  created_count int not null default 0,
  duplicate_count int not null default 0,
  rejected_count int not null default 0,
  report jsonb,
  operation_id bigint,
  error text,
  actor_id bigint,
  created_at timestamptz(3) not null default now(),
  finished_at timestamptz(3),
  primary key (project_id, id)
);

-- One line per file of an import. For annotations: the parsed objects, until they are confirmed.
create table import_item (
  project_id bigint not null,
  import_id bigint not null,
  number bigint generated always as identity,
  name text not null,
  outcome text not null check (outcome in ('created', 'duplicate', 'rejected', 'read', 'matched', 'unmatched')),
  reason text,
  task_id bigint,
  asset_id bigint,
  document jsonb,
  primary key (project_id, import_id, number)
);
create index import_item_document on import_item (project_id, import_id, task_id) where task_id is not null and document is not null;

create table export_run (
  project_id bigint not null,
  id bigint generated always as identity,
  format text not null,
  selection jsonb not null,
  with_images boolean not null,
  task_count int not null default 0,
  object_count int not null default 0,
  actor_id bigint,
  created_at timestamptz(3) not null default now(),
  primary key (project_id, id)
);

-- The frozen set of an export, with the revision that each task had.
create table export_task (
  project_id bigint not null,
  export_id bigint not null,
  task_id bigint not null,
  revision_id bigint,
  split text,
  -- what tells its file apart from the others of the export: its name, its folder and name, or also its id
  named_by text not null default 'name' check (named_by in ('name', 'folder', 'id')),
  primary key (project_id, export_id, task_id)
);
