-- When an import was last added to or reported: what nobody goes on with is given up by this, not by its age.
alter table import_run add column active_at timestamptz(3) not null default now();
update import_run set active_at = coalesce(finished_at, created_at);
-- Predictions whose set went first and which a server that ended in the middle left behind. The set goes last now.
delete from prediction p where not exists (
  select 1 from prediction_set s where s.project_id = p.project_id and s.id = p.set_id);
