// For server tests: SQL that lets time pass, and a check of everything that has to hold between tasks, queue, leases,
// history and ledger at any time.
import { sql } from 'kysely'
import type { EventKind, TaskRow } from '../../model/task.ts'
import type { Queryable } from '../db/connect.ts'
import { becomeTaskWriter } from '../history/record.ts'
import type { TestServer } from '../testing.ts'

/** What a server does by itself now and then: without it the planner takes every table for an empty one. */
export async function analyzeAll(server: TestServer): Promise<void> {
  await sql`analyze`.execute(server.app.db)
}

/** Lets the leases of some tasks run out. */
export async function expireLeases(server: TestServer, project_id: number): Promise<void> {
  await sql`update task_lease set expires_at = now() - interval '1 second' where project_id = ${project_id}`.execute(
    server.app.db,
  )
}

/** Moves people's clocks, their openings of tasks and their editing sessions back, as if time had passed. */
export async function passTime(server: TestServer, ms: number): Promise<void> {
  await sql`update person_clock set last_accepted_at = last_accepted_at - make_interval(secs => ${ms / 1000}::float8)`.execute(
    server.app.db,
  )
  await sql`update task_event set at = at - make_interval(secs => ${ms / 1000}::float8) where kind = 'opened'`.execute(
    server.app.db,
  )
  await sql`update task_lease set opened_at = opened_at - make_interval(secs => ${ms / 1000}::float8)`.execute(
    server.app.db,
  )
}

/** Sentences about everything that does not fit together; empty when all is well. */
export async function contradictions(
  { app: { db } }: { app: { db: Queryable } },
  project_id: number,
): Promise<string[]> {
  const { rows } = await sql<{ problem: string }>`
    with offered as (
      select t.* from task t join stage s on s.project_id = t.project_id and s.id = t.stage_id
      where t.project_id = ${project_id} and s.kind in ('label', 'review') and not t.is_skipped and not t.is_archived)
    select 'task ' || id || ' can be offered but has no queue time' as problem from offered where queued_at is null
    union all
    select 'task ' || t.id || ' has a queue time but cannot be offered' from task t join stage s on s.project_id = t.project_id and s.id = t.stage_id
      where t.project_id = ${project_id} and t.queued_at is not null and (s.kind in ('prepare', 'completed') or t.is_skipped)
    union all
    select 'task ' || o.id || ' is missing in the queue' from offered o
      where not exists (select 1 from queue_entry q where q.project_id = o.project_id and q.task_id = o.id)
    union all
    select 'task ' || q.task_id || ' is in the queue but cannot be offered' from queue_entry q
      where q.project_id = ${project_id} and not exists (select 1 from offered o where o.id = q.task_id)
    union all
    select 'task ' || o.id || ' differs in the queue' from offered o join queue_entry q on q.project_id = o.project_id and q.task_id = o.id
      where (o.stage_id, o.is_returned, o.priority, o.queued_at, o.skipper_ids) <> (q.stage_id, q.is_returned, q.priority, q.queued_at, q.skipper_ids)
        or o.assignee_id is distinct from q.assignee_id or o.labelled_by_id is distinct from q.labelled_by_id
    union all
    select 'task ' || l.task_id || ' is open by who is not responsible' from task_lease l join task t on t.project_id = l.project_id and t.id = l.task_id
      where l.project_id = ${project_id} and l.expires_at > now() and l.person_id is distinct from t.assignee_id
    union all
    select 'task ' || t.id || ' has ' || t.event_count || ' events but the last is ' || coalesce(max(e.number), 0) || ' of ' || count(e.number)
      from task t left join (
        select e.task_id, e.number from task_event e where e.project_id = ${project_id}
        union all
        select b.id, b.event_count + n from operation_group g cross join lateral unnest(g.before) b
          cross join lateral generate_series(1, jsonb_array_length(g.events)) n where g.project_id = ${project_id}) e on e.task_id = t.id
      where t.project_id = ${project_id}
      group by t.id, t.event_count having t.event_count <> count(e.number) or t.event_count <> coalesce(max(e.number), 0)
    union all
    select 'task ' || t.id || ' counts ' || t.duration_ms || ' ms but its ledger ' || coalesce(sum(e.ms), 0)
      from task t left join time_entry e on e.project_id = t.project_id and e.task_id = t.id and e.kind = 'annotation' and e.id > t.duration_floor
      where t.project_id = ${project_id} group by t.id, t.duration_ms having t.duration_ms <> coalesce(sum(e.ms), 0)
    union all
    select 'task ' || t.id || ' counts objects that its revision does not hold' from task t
      left join annotation_revision r on r.project_id = t.project_id and r.task_id = t.id and r.id = t.revision_id
      where t.project_id = ${project_id} and (coalesce(r.object_count, 0) <> t.object_count or coalesce(r.class_counts, '{}') <> t.class_counts)
    limit 20`.execute(db)
  return rows.map((r) => r.problem)
}

export type Described = Pick<TaskRow, 'id' | 'name' | 'folder' | 'width' | 'height' | 'created_at'>

/** Sets what is known of a task from its image, which nothing in the product changes. */
export async function describeTasks(server: TestServer, project_id: number, tasks: readonly Described[]) {
  await server.app.db.transaction().execute(async (tx) => {
    await becomeTaskWriter(tx)
    for (const t of tasks)
      await sql`update task set name = ${t.name}, folder = ${t.folder}, width = ${t.width}, height = ${t.height}, created_at = ${t.created_at}
        where project_id = ${project_id} and id = ${t.id}`.execute(tx)
  })
}

/** Gives the assets of tasks their metadata. @param metadata by task id */
export async function giveMetadata(
  server: TestServer,
  project_id: number,
  metadata: ReadonlyMap<number, Record<string, string>>,
): Promise<void> {
  for (const [task_id, values] of metadata)
    await sql`update asset a set metadata = cast(${JSON.stringify(values)} as jsonb) from task t
      where t.project_id = ${project_id} and t.id = ${task_id} and a.project_id = t.project_id and a.id = t.asset_id`.execute(
      server.app.db,
    )
}

/** Every event of a project, and the metadata by task. */
export async function factsOf(server: TestServer, project_id: number) {
  const { db } = server.app
  const events = await sql<{
    task_id: number
    number: number
    kind: EventKind
    actor_id: number | null
    operation_id: number | null
    moves: boolean
  }>`
    select task_id, number, kind, actor_id, operation_id, false as moves from task_event where project_id = ${project_id}
    union all
    select b.id, b.event_count + e.n, e.value ->> 'kind', o.actor_id, o.id, jsonb_exists(coalesce(e.value -> 'after', '{}'), 'stage_id')
    from operation_group g join operation o on o.project_id = g.project_id and o.id = g.operation_id
    cross join lateral unnest(g.before) b cross join lateral jsonb_array_elements(g.events) with ordinality as e(value, n)
    where g.project_id = ${project_id} order by task_id, number`.execute(db)
  const assets = await sql<{ id: number; metadata: Record<string, string> }>`
    select t.id, a.metadata from task t join asset a on a.project_id = t.project_id and a.id = t.asset_id where t.project_id = ${project_id}`.execute(
    db,
  )
  return { events: events.rows, metadata: new Map(assets.rows.map((a) => [a.id, a.metadata])) }
}

/** All that is written of one task: its row, its place in the queue, its lease, its events, how often it was announced. */
export async function tracesOf(server: TestServer, project_id: number, task_id: number) {
  const { db } = server.app
  const of = <T extends 'queue_entry' | 'task_lease' | 'task_event'>(table: T) =>
    db
      .selectFrom(table as 'task_lease')
      .selectAll()
      .where('project_id', '=', project_id)
      .where('task_id', '=', task_id)
  const task = await db
    .selectFrom('task')
    .selectAll()
    .where('project_id', '=', project_id)
    .where('id', '=', task_id)
    .executeTakeFirstOrThrow()
  const events = await sql<{
    kind: EventKind
    number: number
    at: string
    actor_kind: string
    before: object | null
    after: object | null
  }>`
    select * from task_event where project_id = ${project_id} and task_id = ${task_id} order by number`.execute(db)
  const queue = await of('queue_entry').executeTakeFirst()
  const lease = await of('task_lease').executeTakeFirst()
  const announced = await sql<{ total: number }>`
    select count(*) as total from task_change where project_id = ${project_id} and ${task_id}::int8 = any(task_ids)`.execute(
    db,
  )
  return { task, events: events.rows, queue: queue ?? null, lease: lease ?? null, announced: announced.rows[0]?.total }
}
