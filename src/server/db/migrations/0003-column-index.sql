-- What reading a large project needs (docs/decisions/0009).

-- By code point, the same in every database, so that the column index and SQL sort alike.
drop index task_name;
create index task_name on task (project_id, name collate "C", id);

-- Changes are purged by age; rows come in the order of time, so this costs next to nothing.
create index task_change_at on task_change using brin (at);

-- The ledger's time per person, so that nobody adds up a million entries for the numbers above the table.
create table person_time (
  project_id bigint not null,
  person_id bigint not null,
  ms bigint not null,
  primary key (project_id, person_id)
);
create function add_person_time() returns trigger language plpgsql as $$
begin
  insert into person_time as p (project_id, person_id, ms)
    select project_id, person_id, sum(ms) from added group by 1, 2 order by 1, 2
    on conflict (project_id, person_id) do update set ms = p.ms + excluded.ms;
  return null;
end $$;
create trigger time_entry_added after insert on time_entry referencing new table as added
  for each statement execute function add_person_time();
insert into person_time (project_id, person_id, ms) select project_id, person_id, sum(ms) from time_entry group by 1, 2;
