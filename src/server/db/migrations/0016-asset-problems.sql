-- What is wrong with an asset, as people who worked on it report it (docs/decisions/0020). It belongs to the asset: no step,
-- cleanup or undo of its task takes it away.
create sequence asset_problem_id as bigint;
create table asset_problem (
  project_id bigint not null,
  asset_id bigint not null,
  id bigint not null default nextval('asset_problem_id'),
  reason text not null check (reason in ('broken_image', 'wrong_image', 'duplicate', 'other')),
  note text not null,
  reported_by_id bigint not null,
  reported_at timestamptz(3) not null,
  resolved_at timestamptz(3),
  resolved_by_id bigint,
  primary key (project_id, asset_id, id)
);
-- One open report of a person and reason: sent twice, it is reported once.
create unique index asset_problem_open on asset_problem (project_id, asset_id, reported_by_id, reason) where resolved_at is null;
create index asset_problem_by_time on asset_problem (project_id, reported_at) where resolved_at is null;
