-- The next task for a person, in one statement (docs/decisions/0010). What it writes is what `open` of model/steps.ts
-- decides and history/record.ts writes; a test holds the two together.
--
-- No row: nothing is offered. `source` 'not_allowed': the person may no longer work in these stages.
create function claim_task(
  in_project bigint, in_organization bigint, in_person bigint, in_actor_kind text,
  -- Stages of one kind, 'label' or 'review'.
  in_kind text, in_stages int[], in_allow_self_review boolean,
  in_session text, in_timeout_s int
) returns table (
  source text, claimed task, lease_expires_at timestamptz(3),
  objects jsonb, global_attributes jsonb, drafts jsonb, returned_comment text
) language plpgsql
-- Says to the trigger on `task` that it writes as history/record.ts does.
set pixlhub.task_writer = 'record'
-- Every statement here finds its rows by an index, whatever the statistics were when it was planned: a queue that was
-- empty then may hold a million tasks now.
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
set enable_bitmapscan = off
as $$
declare
  organization_role text;
  project_role text;
  skips_own boolean := in_kind = 'review' and not in_allow_self_review;
  found_id bigint;
  t task;
  lease task_lease;
  is_new boolean;
  is_news boolean;
  moment timestamptz(3);
begin
  -- Whoever takes this person out or lowers the role waits for the end of the claim, and then finds the task.
  -- First the project's row, then the organization's, as in whoever takes a person out.
  select m.role into project_role from project_member m
    where m.project_id = in_project and m.person_id = in_person for share;
  select o.role into organization_role from organization_member o
    where o.organization_id = in_organization and o.person_id = in_person for share;
  if organization_role in ('owner', 'admin') then project_role := 'manager'; end if;
  if organization_role is null or project_role is null or (in_kind = 'review' and project_role = 'labeler') then
    source := 'not_allowed';
    return next;
    return;
  end if;

  -- What was found can be taken by a manager's change before it is locked: look again, but not forever.
  for attempt in 1..20 loop
    -- Mine, open.
    select l.task_id, 'open' into found_id, source
      from task_lease l join queue_entry q on q.project_id = l.project_id and q.task_id = l.task_id
      where l.project_id = in_project and l.person_id = in_person and l.expires_at > now()
        and q.stage_id = any(in_stages) and q.assignee_id = in_person
        and (not skips_own or q.labelled_by_id is distinct from in_person)
      order by q.is_returned desc, q.priority desc, q.queued_at, q.task_id limit 1;

    -- Mine, returned before the others. A review of my own work can be among them (undo, a setting that changed): it is
    -- passed over, so that it does not stand before the rest.
    if found_id is null then
      select c.task_id, case when c.is_returned then 'returned' else 'assigned' end into found_id, source
        from unnest(in_stages) as s(stage_id) cross join lateral (
          select q.task_id, q.is_returned, q.priority, q.queued_at from queue_entry q
          where q.project_id = in_project and q.stage_id = s.stage_id and q.assignee_id = in_person
            and (not skips_own or q.labelled_by_id is distinct from in_person)
          order by q.is_returned desc, q.priority desc, q.queued_at, q.task_id limit 1
        ) c order by c.is_returned desc, c.priority desc, c.queued_at, c.task_id limit 1;
    end if;

    if found_id is not null then
      select x.* into t from task x where x.project_id = in_project and x.id = found_id for update;
    else
      -- The first of the pool that nobody else is taking right now. The conditions stand on the task too: they are checked
      -- again on its newest version after the lock. assignee_id is null in all of these; named in the order, it
      -- lets the planner walk the index instead of sorting the pool.
      source := 'pool';
      select (c.x).* into t
        from unnest(in_stages) as s(stage_id) cross join lateral (
          select x, q.task_id, q.is_returned, q.priority, q.queued_at
          from queue_entry q join task x on x.project_id = q.project_id and x.id = q.task_id
          where q.project_id = in_project and q.stage_id = s.stage_id and q.assignee_id is null
            and not q.skipper_ids @> to_jsonb(in_person)
            and (not skips_own or q.labelled_by_id is distinct from in_person)
            and x.assignee_id is null and x.stage_id = q.stage_id and not x.is_skipped and not x.is_archived
          order by q.assignee_id, q.is_returned desc, q.priority desc, q.queued_at, q.task_id limit 1
          for update of x skip locked
        ) c order by c.is_returned desc, c.priority desc, c.queued_at, c.task_id limit 1;
      if not found then return; end if;
    end if;

    -- Under the lock, all that `open` asks.
    select l.* into lease from task_lease l where l.project_id = in_project and l.task_id = t.id and l.expires_at > now();
    exit when t.stage_id = any(in_stages) and not t.is_skipped and not t.is_archived
      and coalesce(t.assignee_id, in_person) = in_person and coalesce(lease.person_id, in_person) = in_person
      and not (skips_own and t.labelled_by_id is not distinct from in_person)
      and not (source = 'pool' and t.skipper_ids @> to_jsonb(in_person));
    found_id := null;
    t := null;
  end loop;
  if t.id is null then return; end if;

  moment := date_trunc('milliseconds', clock_timestamp());
  is_new := t.assignee_id is null;
  -- Opening again, in a new tab or after a reload, is not news.
  is_news := lease.task_id is null;
  if is_new or is_news then
    insert into task_event (project_id, task_id, number, kind, at, actor_id, actor_kind, before, after)
      select in_project, t.id, t.event_count + e.number, e.kind, moment, in_person, in_actor_kind, e.before, e.after
      from (values
        (is_new, 1, 'assigned', '{"assignee_id": null}'::jsonb, jsonb_build_object('assignee_id', in_person)),
        (is_news, is_new::int + 1, 'opened', null, jsonb_build_object('stage_id', t.stage_id))
      ) as e(happens, number, kind, before, after) where e.happens;
    update task x set
      assignee_id = in_person,
      stage_assignees = case when is_new then x.stage_assignees || jsonb_build_object(x.stage_id::text, in_person) else x.stage_assignees end,
      event_count = x.event_count + is_new::int + is_news::int, version = x.version + 1, updated_at = moment
      where x.project_id = in_project and x.id = t.id returning x.* into t;
    insert into task_change (project_id, task_ids) values (in_project, array[t.id]);
    if is_new then
      update queue_entry q set assignee_id = in_person where q.project_id = in_project and q.task_id = t.id;
    end if;
  end if;

  lease_expires_at := moment + make_interval(secs => in_timeout_s);
  insert into task_lease as l (project_id, task_id, person_id, session_id, generation, opened_at, expires_at)
    values (in_project, t.id, in_person, in_session, t.generation, moment, lease_expires_at)
    on conflict (project_id, task_id) do update set
      opened_at = case when l.session_id = excluded.session_id then l.opened_at else excluded.opened_at end,
      person_id = excluded.person_id, session_id = excluded.session_id, generation = excluded.generation, expires_at = excluded.expires_at;

  -- What the editor needs besides.
  claimed := t;
  if t.revision_id is not null then
    select r.objects, r.global_attributes into objects, global_attributes from annotation_revision r
      where r.project_id = in_project and r.task_id = t.id and r.id = t.revision_id;
  end if;
  select jsonb_agg(jsonb_build_object('id', d.id, 'object_count', d.object_count,
      'created_at', to_char(d.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) order by d.id desc) into drafts
    from (select r.id, r.object_count, r.created_at from annotation_revision r
      where r.project_id = in_project and r.task_id = t.id and r.kind = 'draft' and r.author_id = in_person
        and r.created_at > now() - interval '30 days' order by r.id desc limit 20) d;
  if t.is_returned then
    select e.note into returned_comment from task_event e
      where e.project_id = in_project and e.task_id = t.id and e.kind = 'rejected' order by e.number desc limit 1;
  end if;
  return next;
end $$;
