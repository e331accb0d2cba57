// For server tests: short words for what an editor does, people in numbers, and a check of everything that has to
// hold between tasks, queue, leases, history and ledger at any time.
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { type Client, createClient } from '../../contract/client.ts'
import type { AnnotationObject } from '../../model/annotation.ts'
import type { ProjectRole } from '../../model/permission.ts'
import type { TaskPatch, TaskRow } from '../../model/task.ts'
import { record } from '../history/record.ts'
import { hashOfSecret } from '../people/secrets.ts'
import type { TestServer } from '../testing.ts'
import { lockTasks } from './queries.ts'

export const session = () => `session-${randomUUID().slice(0, 12)}`

export const box = (id: string, class_id = 1): AnnotationObject => ({
  id,
  class_id,
  shape: { type: 'box', x: 1, y: 2, width: 30, height: 40 },
  attributes: {},
  author_id: null,
})
export const boxes = (...ids: string[]) => ({ objects: ids.map((id) => box(id)), global_attributes: {} })

export type Held = { project_id: number; task_id: number; session_id: string; generation: number }

/** Claims the next task. @returns what every later write carries. @throws Error if the queue is empty */
export async function claim(api: Client, project_id: number, kind: 'label' | 'review' = 'label'): Promise<Held> {
  const session_id = session()
  const { task_id, opened } = await api.claim_task({ project_id, kind, session_id })
  if (task_id === null || !opened) throw new Error('nothing was offered')
  return { project_id, task_id, session_id, generation: opened.generation }
}

export async function openIt(api: Client, project_id: number, task_id: number): Promise<Held> {
  const session_id = session()
  const { generation } = await api.open_task({ project_id, task_id, session_id })
  return { project_id, task_id, session_id, generation }
}

/** Runs an operation with a key of its own. */
export function operate(
  api: Client,
  project_id: number,
  name: string,
  params: object,
  ids: number[],
  more: { confirm?: number; expected_count?: number } = {},
) {
  return api.run_operation({ project_id, name, params, selection: { ids }, key: randomUUID(), ...more })
}

export const rowsOf = (server: TestServer, project_id: number): Promise<TaskRow[]> =>
  server.app.db.selectFrom('task').selectAll().where('project_id', '=', project_id).orderBy('id').execute() as Promise<TaskRow[]>

export async function rowOf(server: TestServer, project_id: number, task_id: number): Promise<TaskRow> {
  return (await rowsOf(server, project_id)).find((t) => t.id === task_id) as TaskRow
}

/** Puts tasks into a state that would take many steps to reach, by the one writer. */
export async function arrange(server: TestServer, project_id: number, patches: ReadonlyMap<number, TaskPatch>): Promise<void> {
  const stamp = { actor: { person_id: null, kind: 'system' as const }, at: new Date().toISOString(), operation_id: null }
  await server.app.db.transaction().execute(async (tx) => {
    const tasks = await lockTasks(tx, project_id, [...patches.keys()])
    const changes = tasks.map((task) => ({ task, patch: patches.get(task.id) as TaskPatch, events: [] }))
    await record(tx, project_id, stamp, changes)
  })
}

/** Lets the leases of some tasks run out. */
export async function expireLeases(server: TestServer, project_id: number): Promise<void> {
  await sql`update task_lease set expires_at = now() - interval '1 second' where project_id = ${project_id}`.execute(server.app.db)
}

/** Moves a person's clock and editing sessions back, as if time had passed. */
export async function passTime(server: TestServer, ms: number): Promise<void> {
  await sql`update person_clock set last_accepted_at = last_accepted_at - make_interval(secs => ${ms / 1000}::float8)`.execute(server.app.db)
  await sql`update task_lease set opened_at = opened_at - make_interval(secs => ${ms / 1000}::float8)`.execute(server.app.db)
}

/** Members of a project with an API token each, over real HTTP. Quick: no invitation, no password. */
export async function crowd(server: TestServer, address: string, project_id: number, role: ProjectRole, count: number) {
  const { db } = server.app
  const { organization_id } = server
  const people: { id: number; api: Client }[] = []
  for (let i = 0; i < count; i++) {
    const name = `${role}-${randomUUID()}`
    const person = { email: `${name}@example.org`, name, password_hash: 'none' }
    const { id: person_id } = await db.insertInto('person').values(person).returning('id').executeTakeFirstOrThrow()
    await db.insertInto('organization_member').values({ organization_id, person_id, role: 'member' }).execute()
    await db.insertInto('project_member').values({ project_id, person_id, role }).execute()
    const secret = `px_${randomUUID()}${randomUUID()}`
    const token = { person_id, name: 'race', token_hash: hashOfSecret(secret), prefix: secret.slice(0, 8), last_used_at: null }
    await db.insertInto('api_token').values(token).execute()
    people.push({ id: person_id, api: overHttp(address, secret) })
  }
  return people
}

export function overHttp(address: string, secret: string): Client {
  return createClient((url, init) => fetch(`${address}${url}`, init as RequestInit), { authorization: `Bearer ${secret}` })
}

/** Sentences about everything that does not fit together; empty when all is well. */
export async function contradictions(server: TestServer, project_id: number): Promise<string[]> {
  const { db } = server.app
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
      from task t left join task_event e on e.project_id = t.project_id and e.task_id = t.id where t.project_id = ${project_id}
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
