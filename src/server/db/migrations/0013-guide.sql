-- The guide of a project: one Markdown text with its images, and which version each person has read.
create table guide (
  project_id bigint not null primary key,
  text text not null,
  version int not null default 1,
  updated_at timestamptz(3) not null default now(),
  updated_by_id bigint not null
);
-- The bytes lie in the file store under their hash; projects that show the same image share them.
create table guide_image (
  project_id bigint not null,
  id bigint generated always as identity,
  content_hash text not null,
  mime_type text not null,
  byte_size int not null,
  width int not null,
  height int not null,
  created_at timestamptz(3) not null default now(),
  created_by_id bigint not null,
  primary key (project_id, id),
  unique (project_id, content_hash)
);
create table guide_reading (
  project_id bigint not null,
  person_id bigint not null,
  version int not null,
  primary key (project_id, person_id)
);
