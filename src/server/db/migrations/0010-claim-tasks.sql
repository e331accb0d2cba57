-- The next tasks of several people in one statement and one transaction (docs/decisions/0010): what stands before in
-- claim_task, for many. What it writes is what `open` of model/steps.ts decides and history/record.ts writes; a test
-- holds the two together.
drop function claim_task;

-- One row per person who got a task, or may no longer work in these stages: `source` 'not_allowed'. No row: nothing is
-- offered.
create function claim_tasks(
  in_project bigint, in_organization bigint,
  -- Stages of one kind, 'label' or 'review'.
  in_kind text, in_stages int[], in_allow_self_review boolean, in_timeout_s int,
  -- Of each claim, in the order in which they came. Nobody is in it twice.
  in_people bigint[], in_actor_kinds text[], in_sessions text[],
  -- Who would have to wait longer for a lock makes the statement fail. 0: waits.
  in_patience_ms int
) returns table (
  -- Of the claim, from 1.
  place int,
  source text, claimed task, lease_expires_at timestamptz(3),
  objects jsonb, global_attributes jsonb, drafts jsonb, returned_comment text
) language plpgsql
-- Says to the trigger on `task` that it writes as history/record.ts does.
set pixlhub.task_writer = 'record'
set lock_timeout = 0
-- Planned anew for the sizes that tables have now: leases that were none when a plan was made may be thousands. And
-- found by an index, whatever the statistics: the embedded database looks at its tables once a minute.
set plan_cache_mode = force_custom_plan
set enable_seqscan = off
set enable_bitmapscan = off
set enable_hashjoin = off
set enable_mergejoin = off
set enable_material = off
as $$
#variable_conflict use_column
declare
  skips_own boolean := in_kind = 'review' and not in_allow_self_review;
  project_roles jsonb;
  organization_roles jsonb;
  allowed int[];
  -- Places that have no task yet, and tasks that were looked at already.
  waiting int[];
  passed bigint[] := '{}';
  -- Found in one round: whose, which, from where.
  found_places int[];
  found_ids bigint[];
  found_sources text[];
  -- Those of the pool who ask, and what the pool has for them.
  asking int[];
  offer record;
  asker int;
  -- Given: locked, and all that `open` asks holds.
  places int[] := '{}';
  task_ids bigint[] := '{}';
  sources text[] := '{}';
  are_new boolean[] := '{}';
  are_news boolean[] := '{}';
  given record;
  moment timestamptz(3);
begin
  perform set_config('lock_timeout', in_patience_ms::text, true);
  -- Whoever takes somebody out or lowers a role waits for the end of the claim, and then finds the task.
  -- First the project's rows, then the organization's, as in whoever takes a person out.
  select jsonb_object_agg(m.person_id, m.role) into project_roles from (
    select person_id, role from project_member
    where project_id = in_project and person_id = any(in_people) order by person_id for share) m;
  select jsonb_object_agg(o.person_id, o.role) into organization_roles from (
    select person_id, role from organization_member
    where organization_id = in_organization and person_id = any(in_people) order by person_id for share) o;
  allowed := array(
    select w.place from unnest(in_people) with ordinality as w(person, place)
    where case
      when organization_roles ->> w.person::text in ('owner', 'admin') then true
      when organization_roles ->> w.person::text = 'member' then
        project_roles ->> w.person::text in ('manager', 'reviewer')
        or (project_roles ->> w.person::text = 'labeler' and in_kind = 'label')
      end
    order by w.place);

  waiting := allowed;
  -- What was found can be taken by a manager's change before it is locked: then another round looks further.
  while cardinality(waiting) > 0 loop
    -- Mine: open, then returned, then assigned. A review of my own work can be among them (undo, a setting that changed):
    -- it is passed over, so that it does not stand before the rest.
    select coalesce(array_agg(w.place), '{}'), coalesce(array_agg(mine.task_id), '{}'), coalesce(array_agg(mine.source), '{}')
      into found_places, found_ids, found_sources
      from unnest(waiting) as w(place) cross join lateral (select in_people[w.place] as id) me cross join lateral (
        select x.* from (
          (select 1 as step, l.task_id, 'open' as source
            from task_lease l join queue_entry q on q.project_id = l.project_id and q.task_id = l.task_id
            where l.project_id = in_project and l.person_id = me.id and l.expires_at > now()
              and q.stage_id = any(in_stages) and q.assignee_id = me.id and q.task_id <> all(passed)
              and (not skips_own or q.labelled_by_id is distinct from me.id)
            order by q.is_returned desc, q.priority desc, q.queued_at, q.task_id limit 1)
          union all
          (select 2, c.task_id, case when c.is_returned then 'returned' else 'assigned' end
            from unnest(in_stages) as s(stage_id) cross join lateral (
              select q.task_id, q.is_returned, q.priority, q.queued_at from queue_entry q
              where q.project_id = in_project and q.stage_id = s.stage_id and q.assignee_id = me.id
                and q.task_id <> all(passed) and (not skips_own or q.labelled_by_id is distinct from me.id)
              order by q.is_returned desc, q.priority desc, q.queued_at, q.task_id limit 1
            ) c order by c.is_returned desc, c.priority desc, c.queued_at, c.task_id limit 1)
        ) x order by x.step limit 1
      ) mine;
    if cardinality(found_ids) > 0 then
      perform 1 from task x where x.project_id = in_project and x.id = any(found_ids) order by x.id for update;
    end if;

    -- For the others the first of the pool that nobody else is taking right now: each goes to the first of them who may
    -- have it. The conditions stand on the task too: they are checked again on its newest version after the lock.
    -- assignee_id is null in all of these; named in the order, it lets the planner walk the index.
    asking := array(select w.place from unnest(waiting) with ordinality as w(place, n) where w.place <> all(found_places) order by w.n);
    for offer in
      select c.* from unnest(in_stages) as s(stage_id) cross join lateral (
        select q.task_id, q.is_returned, q.priority, q.queued_at, x.labelled_by_id, x.skipper_ids
        from queue_entry q join task x on x.project_id = q.project_id and x.id = q.task_id
        where q.project_id = in_project and q.stage_id = s.stage_id and q.assignee_id is null and q.task_id <> all(passed)
          and ((not skips_own and q.skipper_ids = '[]') or exists (
            select from unnest(asking) as a(place) where not q.skipper_ids @> to_jsonb(in_people[a.place])
              and (not skips_own or q.labelled_by_id is distinct from in_people[a.place])))
          and x.assignee_id is null and x.stage_id = q.stage_id and not x.is_skipped and not x.is_archived
        order by q.assignee_id, q.is_returned desc, q.priority desc, q.queued_at, q.task_id limit cardinality(asking)
        for update of x skip locked
      ) c order by c.is_returned desc, c.priority desc, c.queued_at, c.task_id limit cardinality(asking)
    loop
      foreach asker in array asking loop
        continue when offer.skipper_ids @> to_jsonb(in_people[asker])
          or (skips_own and offer.labelled_by_id is not distinct from in_people[asker]);
        found_places := found_places || asker;
        found_ids := found_ids || offer.task_id;
        found_sources := found_sources || 'pool'::text;
        asking := array_remove(asking, asker);
        exit;
      end loop;
    end loop;
    exit when cardinality(found_ids) = 0;
    passed := passed || found_ids;

    -- Under the lock, all that `open` asks. Opening again, in a new tab or after a reload, is not news.
    for given in
      select f.place, f.task_id, f.source, t.assignee_id is null as is_new, l.person_id is null as is_news
      from unnest(found_places, found_ids, found_sources) with ordinality as f(place, task_id, source, n)
      cross join lateral (select in_people[f.place] as id) me
      join task t on t.project_id = in_project and t.id = f.task_id
      left join task_lease l on l.project_id = in_project and l.task_id = f.task_id and l.expires_at > now()
      where t.stage_id = any(in_stages) and not t.is_skipped and not t.is_archived
        and coalesce(t.assignee_id, me.id) = me.id and coalesce(l.person_id, me.id) = me.id
        and not (skips_own and t.labelled_by_id is not distinct from me.id)
        and not (f.source = 'pool' and t.skipper_ids @> to_jsonb(me.id))
      order by f.n
    loop
      places := places || given.place;
      task_ids := task_ids || given.task_id;
      sources := sources || given.source;
      are_new := are_new || given.is_new;
      are_news := are_news || given.is_news;
    end loop;
    waiting := array(select w.place from unnest(waiting) with ordinality as w(place, n) where w.place <> all(places) order by w.n);
  end loop;

  moment := date_trunc('milliseconds', clock_timestamp());
  with g as (
    select in_people[g.place] as person_id, in_actor_kinds[g.place] as actor_kind, g.task_id, g.is_new, g.is_news
    from unnest(places, task_ids, are_new, are_news) as g(place, task_id, is_new, is_news) where g.is_new or g.is_news
  ), t as (
    update task x set
      assignee_id = g.person_id,
      stage_assignees = case when g.is_new then x.stage_assignees || jsonb_build_object(x.stage_id::text, g.person_id) else x.stage_assignees end,
      event_count = x.event_count + g.is_new::int + g.is_news::int, version = x.version + 1, updated_at = moment
    from g where x.project_id = in_project and x.id = g.task_id returning x.id, x.event_count, x.stage_id, g.*
  ), e as (
    insert into task_event (project_id, task_id, number, kind, at, actor_id, actor_kind, before, after)
    select in_project, t.id, t.event_count - e.back, e.kind, moment, t.person_id, t.actor_kind, e.before, e.after
    from t cross join lateral (values
      (t.is_new, t.is_news::int, 'assigned', '{"assignee_id": null}'::jsonb, jsonb_build_object('assignee_id', t.person_id)),
      (t.is_news, 0, 'opened', null, jsonb_build_object('stage_id', t.stage_id))
    ) as e(happens, back, kind, before, after) where e.happens
  ), q as (
    update queue_entry x set assignee_id = g.person_id from g where x.project_id = in_project and x.task_id = g.task_id and g.is_new
  )
  insert into task_change (project_id, task_ids) select in_project, array_agg(t.id) from t having count(*) > 0;

  lease_expires_at := moment + make_interval(secs => in_timeout_s);
  insert into task_lease as l (project_id, task_id, person_id, session_id, generation, opened_at, expires_at)
    select in_project, t.id, in_people[g.place], in_sessions[g.place], t.generation, moment, lease_expires_at
    from unnest(places, task_ids) as g(place, task_id) join task t on t.project_id = in_project and t.id = g.task_id
    on conflict (project_id, task_id) do update set
      opened_at = case when l.session_id = excluded.session_id then l.opened_at else excluded.opened_at end,
      person_id = excluded.person_id, session_id = excluded.session_id, generation = excluded.generation, expires_at = excluded.expires_at;

  -- What the editor needs besides.
  return query
    select g.place, g.source, t, lease_expires_at, r.objects, r.global_attributes, d.drafts, c.note
    from unnest(places, task_ids, sources) as g(place, task_id, source)
    join task t on t.project_id = in_project and t.id = g.task_id
    left join annotation_revision r on r.project_id = in_project and r.task_id = t.id and r.id = t.revision_id
    cross join lateral (
      select jsonb_agg(jsonb_build_object('id', x.id, 'object_count', x.object_count,
          'created_at', to_char(x.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) order by x.id desc) as drafts
      from (select y.id, y.object_count, y.created_at from annotation_revision y
        where y.project_id = in_project and y.task_id = t.id and y.kind = 'draft' and y.author_id = in_people[g.place]
          and y.created_at > now() - interval '30 days' order by y.id desc limit 20) x
    ) d
    left join lateral (
      select x.note from task_event x
      where t.is_returned and x.project_id = in_project and x.task_id = t.id and x.kind = 'rejected' order by x.number desc limit 1
    ) c on true;
  if cardinality(allowed) = cardinality(in_people) then return; end if;
  return query
    select w.place, 'not_allowed', null::task, null::timestamptz(3), null::jsonb, null::jsonb, null::jsonb, null::text
    from generate_series(1, cardinality(in_people)) as w(place) where w.place <> all(allowed);
end $$;
