-- Tasks of a bulk operation's step. Functions, for the sake of their `rows`: how many ids an array holds the planner cannot
-- know, and looks up each by itself where neighbours could be read in one run.

-- Of some parts of the frozen set, with the plan's word.
create function step_tasks(in_project bigint, in_operation bigint, from_part int, to_part int)
returns table (part int, id bigint, plan text) language plpgsql stable rows 10000 as $$
begin
  return query
    select p.number, u.id, u.plan from operation_part p cross join lateral unnest(p.task_ids, p.plan) as u(id, plan)
    where p.project_id = in_project and p.operation_id = in_operation and p.number between from_part and to_part;
end $$;

-- Of the situations that the step was told by: a table of its transaction.
create function situation_tasks() returns table (number int, part int, id bigint) language plpgsql stable rows 10000 as $$
begin
  return query select s.number, s.part, u.id from step_situation s cross join lateral unnest(s.task_ids) as u(id);
end $$;

-- Of some groups that are written, each with the place of its group in the lists, from 1.
create function group_tasks(in_project bigint, in_operation bigint, in_parts int[], in_numbers int[])
returns table (id bigint, place int) language plpgsql stable rows 10000 as $$
begin
  return query
    select u.id, k.place::int from unnest(in_parts, in_numbers) with ordinality as k(part, number, place)
    cross join lateral (
      select g.task_ids from operation_group g
      where g.project_id = in_project and g.operation_id = in_operation and g.part = k.part and g.number = k.number offset 0) g
    cross join lateral unnest(g.task_ids) as u(id);
end $$;
