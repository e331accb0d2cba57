-- What models predict for tasks (docs/decisions/0019). Apart from annotations: no step, revision or cleanup takes one away.
create sequence prediction_set_id as bigint;
create table prediction_set (
  project_id bigint not null,
  id bigint not null default nextval('prediction_set_id'),
  model text not null,
  -- empty: the model has none
  version text not null default '',
  created_at timestamptz(3) not null default now(),
  created_by_id bigint not null,
  updated_at timestamptz(3) not null default now(),
  primary key (project_id, id),
  unique (project_id, model, version)
);
-- All that one set says about one task: replaced as a whole when it is sent again.
create table prediction (
  project_id bigint not null,
  task_id bigint not null,
  set_id bigint not null,
  -- [{id, class_id, shape, score}], best first
  items jsonb not null,
  item_count int not null,
  class_ids bigint[] not null,
  primary key (project_id, task_id, set_id)
);
create index prediction_of_set on prediction (project_id, set_id) include (item_count);
-- Predictions that a person looked at and did not want, in the revision where they stand so.
alter table annotation_revision add column rejected_predictions jsonb not null default '[]';
