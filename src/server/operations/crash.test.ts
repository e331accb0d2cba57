// A real server process is killed with `kill -9` at 30 random moments of an operation over 100,000 tasks, and at 10 of
// its undo. Each task is changed exactly once, the result is true, the undo whole.
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Client } from '../../contract/client.ts'
import { DEFAULT_STAGES } from '../../model/workflow.ts'
import type { Database, Tx } from '../db/connect.ts'
import { insertOrganization, insertPerson } from '../people/queries.ts'
import { hashOfSecret } from '../people/secrets.ts'
import { insertProject } from '../projects/queries.ts'
import { overHttp } from '../tasks/test-work.ts'
import { type Home, inDatabase, newHome, startProcess } from '../test-process.ts'

const TASKS = 100_000
const KILLS = { operation: 30, undo: 10 }
/** After every fifth: opening the database to look takes as long as a start. */
const LOOK = 5
const [PREPARE, LABEL] = [1, 2]
const secret = `px_${randomUUID()}${randomUUID()}`
let home: Home
let project_id: number
beforeAll(async () => {
  home = await newHome()
  await inDatabase(home, seed)
}, 120_000)
afterAll(() => home.drop())

/** Tasks in Label with an assignee, three objects, time, two events and a place in the queue. */
async function seed(db: Database): Promise<void> {
  const person_id = (await insertPerson(db, {
    name: 'Mira',
    email: 'mira@example.org',
    password_hash: 'none',
  })) as number
  await db.transaction().execute(async (tx) => {
    const organization_id = await insertOrganization(tx, 'Crash Labs', person_id)
    const settings = {
      organization_id,
      name: 'Crash',
      description: '',
      is_sample: false,
      settings: {},
      stages: DEFAULT_STAGES,
    }
    project_id = await insertProject(tx, { ...settings, schema: { classes: [], global_attributes: [] } })
    await tx
      .insertInto('api_token')
      .values({ person_id, name: 'test', token_hash: hashOfSecret(secret), prefix: 'px_test', last_used_at: null })
      .execute()
    await seedTasks(tx, person_id)
  })
}

async function seedTasks(tx: Tx, person_id: number): Promise<void> {
  await sql`select set_config('pixlhub.task_writer', 'record', true)`.execute(tx)
  await sql`
    insert into asset (project_id, name, content_hash, byte_size, mime_type, width, height, thumbnail_state)
    select ${project_id}::int8, 'frame-' || i, lpad(to_hex(i), 64, '0'), 1000, 'image/jpeg', 640, 480, 'ready' from generate_series(1, ${TASKS}::int4) i`.execute(
    tx,
  )
  await sql`
    insert into task (project_id, asset_id, name, folder, width, height, stage_id, assignee_id, stage_assignees, queued_at, event_count, object_count, class_counts, duration_ms, split)
    select a.project_id, a.id, a.name, '', 640, 480, ${LABEL}::int4, ${person_id}::int8, jsonb_build_object('2', ${person_id}::int8), '2026-01-02T03:04:05Z', 2, 3, '{"1": 3}', 5000, 'train'
    from asset a where a.project_id = ${project_id}`.execute(tx)
  await sql`
    insert into annotation_revision (project_id, task_id, kind, stage_id, objects, object_count, class_counts)
    select project_id, id, 'imported', ${LABEL}::int4, '[]', 3, '{"1": 3}' from task where project_id = ${project_id}`.execute(
    tx,
  )
  await sql`
    update task t set revision_id = r.id from annotation_revision r where t.project_id = ${project_id} and r.project_id = t.project_id and r.task_id = t.id`.execute(
    tx,
  )
  await sql`
    insert into task_event (project_id, task_id, number, kind, at, actor_kind) select project_id, id, n, (array['created', 'released'])[n], now(), 'system'
    from task cross join generate_series(1, 2) n where project_id = ${project_id}`.execute(tx)
  await sql`
    insert into time_entry (project_id, task_id, person_id, stage_id, kind, session_id, sequence, ms, at)
    select project_id, id, ${person_id}::int8, ${LABEL}::int4, 'annotation', 'seed', 1, 5000, now() from task where project_id = ${project_id}`.execute(
    tx,
  )
  await sql`
    insert into queue_entry (project_id, task_id, stage_id, assignee_id, is_returned, priority, queued_at, skipper_ids)
    select project_id, id, stage_id, assignee_id, false, 0, queued_at, '[]' from task where project_id = ${project_id}`.execute(
    tx,
  )
}

/** Columns that undo brings back, of all tasks and queue rows, as one hash. */
async function fingerprint(db: Database): Promise<string> {
  const { rows } = await sql<{ hash: string }>`
    select md5(coalesce(string_agg((to_jsonb(t) - 'generation' - 'version' - 'event_count' - 'updated_at')::text, ',' order by t.id), ''))
        || md5(coalesce((select string_agg(to_jsonb(q)::text, ',' order by q.task_id) from queue_entry q where q.project_id = ${project_id}), '')) as hash
    from task t where t.project_id = ${project_id}`.execute(db)
  return rows[0]?.hash as string
}

type Count = {
  versions: number
  moved: number
  bare: number
  queued: number
  outcomes: number
  different: number
  left: number
}

/** What the rows say about an operation. `moved`: tasks that stand in a stage. */
async function count(db: Database, operation_id: number, stage_id: number): Promise<Count> {
  const { rows } = await sql<Count>`
    select sum(t.version)::int8 as versions, count(*) filter (where t.stage_id = ${stage_id}::int4) as moved,
      count(*) filter (where t.object_count = 0 and t.revision_id is null and t.assignee_id is null and t.duration_ms = 0 and t.queued_at is null and t.history_floor = 2) as bare,
      (select count(*) from queue_entry q where q.project_id = ${project_id}) as queued,
      (select coalesce(sum(g.total), 0)::int8 from operation_group g where g.project_id = ${project_id} and g.operation_id = ${operation_id} and g.outcome = 'applied') as outcomes,
      (select count(distinct b.id) from operation_group g cross join lateral unnest(g.before) b where g.project_id = ${project_id} and g.operation_id = ${operation_id}) as different,
      (select coalesce(sum(p.total), 0)::int8 from operation_part p where p.project_id = ${project_id} and p.operation_id = ${operation_id}) as left
    from task t where t.project_id = ${project_id}`.execute(db)
  return rows[0] as Count
}

/** Steps small enough for the kills to fall into different ones. */
const STEP = { PIXLHUB_STEP: '1000' }

/** Waits until so many are done, however fast the machine is, and then for a part of a step. */
async function reached(api: Client, operation_id: number, tasks: number): Promise<void> {
  const progress = () => api.get_operation({ project_id, operation_id })
  for (let now = await progress(); now.state === 'running' && now.applied < tasks; now = await progress())
    await new Promise((resolve) => setTimeout(resolve, 5))
  await new Promise((resolve) => setTimeout(resolve, Math.random() * 50))
}

const PAGE = 1000

/** From the first page of the list to its last. */
async function tasksOfResults(api: Client, operation_id: number) {
  const tasks = new Set<number>()
  const count = { pages: 0, results: 0, applied: 0 }
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const at = { project_id, operation_id, limit: PAGE, ...(cursor ? { cursor } : {}) }
    const page: Awaited<ReturnType<typeof api.list_operation_results>> = await api.list_operation_results(at)
    for (const r of page.results) tasks.add(r.task_id)
    count.pages += page.results.length > 0 ? 1 : 0
    count.results += page.results.length
    count.applied += page.results.filter((r) => r.outcome === 'applied').length
    cursor = page.next_cursor
  }
  return { ...count, tasks: tasks.size }
}

/** Starts something, kills the server again and again at random places, and lets the last one end it. */
async function killedAgainAndAgain(
  kills: number,
  start: (api: Client) => Promise<number>,
  stage_id: number,
): Promise<number> {
  const versions = (await inDatabase(home, (db) => count(db, 0, stage_id))).versions
  let operation_id = 0
  let [looks, inTheMiddle] = [0, 0]
  for (let kill = 0; kill < kills; kill++) {
    const server = await startProcess({ ...home.env, ...STEP })
    const api = overHttp(server.address, secret)
    operation_id ||= await start(api)
    await reached(api, operation_id, Math.floor(((kill + Math.random()) / (kills + 1)) * TASKS))
    await server.kill()
    // What is marked is changed, once, and nothing else is.
    if (kill % LOOK !== LOOK - 1) continue
    looks += 1
    const half = await inDatabase(home, (db) => count(db, operation_id, stage_id))
    expect(half.outcomes + half.left).toBe(TASKS)
    expect(half).toMatchObject({ moved: half.outcomes, different: half.outcomes, versions: versions + half.outcomes })
    if (half.outcomes > 0 && half.left > 0) inTheMiddle += 1
  }
  expect(inTheMiddle).toBeGreaterThanOrEqual(looks / 3)
  const last = await startProcess(home.env)
  const api = overHttp(last.address, secret)
  const progress = () => api.get_operation({ project_id, operation_id })
  while ((await progress()).state === 'running') await new Promise((resolve) => setTimeout(resolve, 100))
  expect(await progress()).toMatchObject({ state: 'done', total: TASKS, applied: TASKS, unchanged: 0, refused: 0 })
  expect(await tasksOfResults(api, operation_id)).toEqual({
    pages: TASKS / PAGE,
    results: TASKS,
    tasks: TASKS,
    applied: TASKS,
  })
  expect(await last.stop()).toBe(0)
  return operation_id
}

test('100,000 tasks with kill -9 in the middle, 30 times there and 10 times back: each task exactly once', async () => {
  const before = await inDatabase(home, fingerprint)
  const params = {
    stage_id: PREPARE,
    remove_annotations: true,
    remove_assignees: true,
    remove_history: true,
    remove_duration: true,
  }
  const moved = await killedAgainAndAgain(
    KILLS.operation,
    async (api) => {
      const at = { project_id, name: 'change-status', params, selection: { filter: { conditions: [] }, all: true } }
      const operation = await api.run_operation({ ...at, expected_count: TASKS, confirm: TASKS * 3, key: 'crash-key' })
      return operation.id
    },
    PREPARE,
  )
  expect(await inDatabase(home, (db) => count(db, moved, PREPARE))).toEqual({
    versions: 2 * TASKS, moved: TASKS, bare: TASKS, queued: 0, outcomes: TASKS, different: TASKS, left: 0,
  }) // biome-ignore format: one list

  const undone = await killedAgainAndAgain(
    KILLS.undo,
    async (api) => (await api.undo_operation({ project_id, operation_id: moved })).id,
    LABEL,
  )
  await inDatabase(home, async (db) => {
    expect(await count(db, undone, LABEL)).toEqual({
      versions: 3 * TASKS, moved: TASKS, bare: 0, queued: TASKS, outcomes: TASKS, different: TASKS, left: 0,
    }) // biome-ignore format: one list
    expect(await fingerprint(db)).toBe(before)
  })
}, 3_000_000)
