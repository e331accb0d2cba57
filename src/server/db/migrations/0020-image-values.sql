-- For the typed confirmation: tasks with a revision and no objects, whose values of the whole image would go.
alter table operation_part add column image_values int not null default 0;
