-- Comments on a task, in threads (docs/decisions/0015). They hang on the task alone: neither its stage, nor its
-- revisions, nor its history take one away.
create sequence comment_id as bigint;
create table comment (
  project_id bigint not null,
  task_id bigint not null,
  id bigint not null default nextval('comment_id'),
  -- of a reply: the first comment of its thread
  thread_id bigint,
  author_id bigint not null,
  -- null: deleted, and kept for its replies
  text text,
  -- of a first comment: where it is pinned, pixels of the upright image
  place_x double precision,
  place_y double precision,
  object_id text,
  -- the writer's own name for it: sent twice, written once
  key text not null,
  created_at timestamptz(3) not null default now(),
  edited_at timestamptz(3),
  resolved_at timestamptz(3),
  resolved_by_id bigint,
  primary key (project_id, task_id, id),
  check ((place_x is null) = (place_y is null)),
  check (thread_id is null or (place_x is null and object_id is null and resolved_at is null and text is not null))
);
create unique index comment_key on comment (project_id, task_id, author_id, key);
