-- What filters ask besides the task's own columns. None of it costs a bulk operation anything.

-- Who ever submitted, approved, rejected or skipped: kinds that bulk operations do not write.
create index task_event_person on task_event (project_id, kind, actor_id, task_id, number)
  where kind in ('submitted', 'approved', 'rejected', 'skipped');

-- jsonb_ops, not the smaller jsonb_path_ops: a filter also asks which assets have a key at all. Assets do not change.
create index asset_metadata on asset using gin (metadata) where metadata <> '{}';

-- The metadata keys of a project, so that the filter can offer them without reading a million assets.
create table metadata_key (
  project_id bigint not null,
  key text not null,
  primary key (project_id, key)
);
create function note_metadata_keys() returns trigger language plpgsql as $$
begin
  insert into metadata_key (project_id, key)
    select distinct a.project_id, k from changed a cross join jsonb_object_keys(a.metadata) k
    where a.metadata <> '{}' order by 1, 2
    on conflict do nothing;
  return null;
end $$;
create trigger asset_keys_inserted after insert on asset referencing new table as changed
  for each statement execute function note_metadata_keys();
create trigger asset_keys_updated after update on asset referencing new table as changed
  for each statement execute function note_metadata_keys();
insert into metadata_key (project_id, key)
  select distinct a.project_id, k from asset a cross join jsonb_object_keys(a.metadata) k;
