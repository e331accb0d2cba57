-- A prediction set is deleted step by step, what it says before the set itself. From the first step on it is offered to nobody,
-- and another set of the same model and version can be made beside it.
alter table prediction_set add column is_going boolean not null default false;
alter table prediction_set drop constraint prediction_set_project_id_model_version_key;
create unique index prediction_set_of_model on prediction_set (project_id, model, version) where not is_going;
