// scripts/bench/: measures the whole server beside plain SQL on the same database in the same run.
// This file: a project with many tasks, three events each, objects on 30 %, and people with API tokens.
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Database } from '../../src/server/db/connect.ts'
import { hashOfSecret } from '../../src/server/people/secrets.ts'

export type Seeded = { project_id: number; manager_token: string; labeler_tokens: string[] }

const STAGES = [
  { id: 1, position: 1, kind: 'prepare', name: 'Prepare' },
  { id: 2, position: 2, kind: 'label', name: 'Label' },
  { id: 3, position: 3, kind: 'review', name: 'Review' },
  { id: 4, position: 4, kind: 'completed', name: 'Completed' },
] as const
/** Rows a statement inserts: bounds the memory of one statement. */
const CHUNK = 100_000

/** Half of the tasks wait in Label, 20 % in Prepare, 15 % each in Review and Completed. */
export async function seed(db: Database, tasks: number, labelers: number): Promise<Seeded> {
  const organization = await db
    .insertInto('organization')
    .values({ name: 'Bench' })
    .returning('id')
    .executeTakeFirstOrThrow()
  const project = await db
    .insertInto('project')
    .values({ organization_id: organization.id, name: `Bench ${tasks}` })
    .returning('id')
    .executeTakeFirstOrThrow()
  const project_id = project.id
  await db
    .insertInto('stage')
    .values(STAGES.map((s) => ({ project_id, ...s })))
    .execute()
  await db
    .insertInto('label_schema')
    .values({ project_id, document: JSON.stringify({ classes: [], global_attributes: [] }) })
    .execute()
  const manager_token = await person(db, organization.id, project_id, 'manager')
  const labeler_tokens: string[] = []
  for (let i = 0; i < labelers; i++) labeler_tokens.push(await person(db, organization.id, project_id, 'labeler'))
  for (let from = 1; from <= tasks; from += CHUNK)
    await insertTasks(db, project_id, from, Math.min(tasks, from + CHUNK - 1))
  await sql`analyze`.execute(db)
  return { project_id, manager_token, labeler_tokens }
}

async function person(
  db: Database,
  organization_id: number,
  project_id: number,
  role: 'manager' | 'labeler',
): Promise<string> {
  const name = `${role}-${randomUUID().slice(0, 8)}`
  const { id } = await db
    .insertInto('person')
    .values({ email: `${name}@example.org`, name, password_hash: 'none' })
    .returning('id')
    .executeTakeFirstOrThrow()
  await db.insertInto('organization_member').values({ organization_id, person_id: id, role: 'member' }).execute()
  await db.insertInto('project_member').values({ project_id, person_id: id, role }).execute()
  const secret = `px_${randomUUID()}${randomUUID()}`
  await db
    .insertInto('api_token')
    .values({ person_id: id, name: 'bench', token_hash: hashOfSecret(secret), prefix: secret.slice(0, 8) })
    .execute()
  return secret
}

async function insertTasks(db: Database, project_id: number, from: number, to: number): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await sql`select set_config('pixlhub.task_writer', 'record', true)`.execute(tx)
    await sql`
      insert into asset (project_id, id, name, content_hash, byte_size, mime_type, width, height, thumbnail_state)
      select ${project_id}::int8, nextval('asset_id'), 'frame-' || lpad(i::text, 8, '0') || '.jpg', encode(sha256((${project_id}::int8 || ':' || i)::bytea), 'hex'), 200000, 'image/jpeg', 1920, 1080, 'ready'
      from generate_series(${from}::int8, ${to}::int8) i`.execute(tx)
    await sql`
      insert into task (project_id, id, asset_id, name, folder, width, height, stage_id, priority, queued_at, event_count, object_count, class_counts, duration_ms, split, revision_id)
      select a.project_id, nextval('task_id'), a.id, a.name, '', a.width, a.height, k.stage,
             (k.i % 7 = 0)::int4 * 5, case when k.stage in (2, 3) then now() - make_interval(secs => k.i) end, 3,
             case when k.i % 10 < 3 then (k.i % 9)::int4 + 1 else 0 end,
             case when k.i % 10 < 3 then jsonb_build_object('1', k.i % 9 + 1) else '{}' end,
             case when k.i % 10 < 3 then (k.i % 600) * 1000 else 0 end,
             case when k.i % 20 = 0 then 'train' end, case when k.i % 10 < 3 then k.i end
      from (select a.*, substr(a.name, 7, 8)::int8 as i from asset a where a.project_id = ${project_id}) a
      cross join lateral (select a.i, case when a.i % 20 < 4 then 1 when a.i % 20 < 14 then 2 when a.i % 20 < 17 then 3 else 4 end as stage) k
      where a.i between ${from} and ${to}`.execute(tx)
    await sql`
      insert into task_event (project_id, task_id, number, kind, at, actor_kind, after)
      select t.project_id, t.id, n, (array['created', 'released', 'opened'])[n], now(), 'system', '{"stage_id": 2}'
      from task t cross join generate_series(1, 3) n where t.project_id = ${project_id} and substr(t.name, 7, 8)::int8 between ${from} and ${to}`.execute(
      tx,
    )
    await sql`
      insert into annotation_revision (project_id, task_id, id, kind, stage_id, objects, object_count, class_counts)
      select t.project_id, t.id, t.revision_id, 'imported', 2, '[{"id":"a","class_id":1,"shape":{"type":"box","x":1,"y":1,"width":9,"height":9},"attributes":{},"author_id":null}]', 1, '{"1":1}'
      from task t where t.project_id = ${project_id} and t.revision_id is not null and substr(t.name, 7, 8)::int8 between ${from} and ${to}`.execute(
      tx,
    )
    await sql`
      insert into queue_entry (project_id, task_id, stage_id, assignee_id, is_returned, priority, queued_at, skipper_ids)
      select t.project_id, t.id, t.stage_id, null, false, t.priority, t.queued_at, '[]' from task t
      where t.project_id = ${project_id} and t.queued_at is not null and substr(t.name, 7, 8)::int8 between ${from} and ${to}`.execute(
      tx,
    )
  })
}
