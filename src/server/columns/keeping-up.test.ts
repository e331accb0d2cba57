// The column index keeps up with the database: every answer knows what was committed before the question, whoever wrote
// it, in whatever order transactions commit, on whichever server process.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Filter } from '../../model/filter.ts'
import type { TaskPatch } from '../../model/task.ts'
import { stagesOfKind } from '../../model/workflow.ts'
import { startApp } from '../app.ts'
import type { Tx } from '../db/connect.ts'
import { record } from '../history/record.ts'
import { purgeChanges } from '../jobs/purge-queries.ts'
import { projectById } from '../projects/scope-queries.ts'
import { orderOf } from '../tasks/filter-queries.ts'
import { lockTasks, pageOfTasks } from '../tasks/queries.ts'
import { readEmptyQueue, readWaiting } from '../tasks/queue-counts.ts'
import { emptyQueue, waitingForMe, waitingInPool } from '../tasks/queue-queries.ts'
import { readPage } from '../tasks/reading.ts'
import { expireLeases, passTime } from '../tasks/test-queries.ts'
import { arrange, boxes, claim, operate } from '../tasks/test-work.ts'
import { type TestProject, type TestServer, testServer } from '../testing.ts'
import { ColumnIndex } from './column-index.ts'

let server: TestServer
let p: TestProject
let project_id: number
let ids: number[]
const isServer = Boolean(process.env.DATABASE_URL)

beforeAll(async () => {
  server = await testServer({ PIXLHUB_INDEX_FROM: '0', PIXLHUB_SMALL_OPERATION: '10', PIXLHUB_STEP: '7' })
  p = await server.project({ settings: { allow_self_review: true } })
  project_id = p.project_id
  ids = await p.tasks(60, { stage_id: p.stage('label') })
  expect(await server.app.columns.load(project_id)).toBe(true)
})
afterAll(() => server.close())

const ORDERS = ['-id', 'name', 'stage_id', '-assignee_id', 'duration_ms', '-object_count', 'split', '-priority', 'batch_id', 'is_skipped', 'queued_at', 'times_returned', 'review_ms', '-updated_at', '-completed_at', 'exported_at'] // biome-ignore format: one list
const FILTERS: Filter[] = [
  { conditions: [] },
  { conditions: [{ field: 'is_archived', op: 'equals', value: true }] },
  { conditions: [{ field: 'class_counts', op: 'is_not_empty' }] },
  { conditions: [{ field: 'labelled_by_id', op: 'is_not_empty' }] },
  { conditions: [{ field: 'reviewed_by_id', op: 'is_not_empty' }] },
  { conditions: [{ field: 'skip_reason', op: 'is_not_empty' }] },
  { conditions: [{ field: 'is_returned', op: 'equals', value: true }] },
  { conditions: [{ field: 'is_open', op: 'equals', value: true }] },
  { conditions: [{ field: 'rejected_by', op: 'is_not_empty' }] },
  { conditions: [{ field: 'skipped_ever_by', op: 'is_not_empty' }] },
]

/** Every order and filter, as the database has it now. @param of another server process on the same database */
async function expectSame(of: TestServer['app'] = server.app, project = project_id) {
  for (const sort of ORDERS) await expectPage(of, project, { conditions: [] }, sort)
  for (const filter of FILTERS) await expectPage(of, project, filter, 'id')
  if (project !== project_id) return
  await expectCounts()
  await expectQueues()
}

/** The list of projects counts by the index what it holds. */
async function expectCounts() {
  const rows = await pageOfTasks(server.app.db, project_id, { conditions: [] }, orderOf('id'), null, 500)
  const done = rows.filter((t) => t.stage_id === p.stage('completed')).length
  const listed = await p.manager.api.list_projects({})
  expect(listed.find((x) => x.id === project_id)).toMatchObject({ task_count: rows.length, completed_count: done })
  const inBatch = (batch_id: number) => rows.filter((t) => t.batch_id === batch_id).length
  for (const batch of await p.manager.api.list_batches({ project_id })) expect(batch.task_count).toBe(inBatch(batch.id))
}

/** What waits for people, and why nothing does, is counted by the index as by SQL. */
async function expectQueues() {
  const { app } = server
  const { workflow } = await projectById(app.db, project_id)
  const { rows } = await sql<{ person_id: number }>`select distinct person_id from project_member where project_id = ${project_id}`.execute(app.db) // biome-ignore format: one call
  for (const { person_id } of rows)
    for (const kind of ['label', 'review'] as const) {
      const stage_ids = stagesOfKind(workflow, kind).map((s) => s.id)
      const asker = { project_id, person_id, stage_ids, allow_self_review: false }
      expect(await readEmptyQueue(app, asker, workflow)).toEqual(await emptyQueue(app.db, asker))
      const pool = await waitingInPool(app.db, asker)
      expect(await readWaiting(app, asker, workflow)).toEqual({ ...(await waitingForMe(app.db, asker)), pool })
    }
}

async function expectPage(of: TestServer['app'], project: number, filter: Filter, sort: string) {
  const order = orderOf(sort)
  const page = await of.columns.page(project, filter, order, null, 500)
  const bySql = await pageOfTasks(server.app.db, project, filter, order, null, 500)
  expect([sort, filter, page?.ids]).toEqual([sort, filter, bySql.map((t) => t.id)])
  const { rows } = await readPage(of, project, filter, order, null, 500)
  expect(rows.map((r) => JSON.parse(r.json.toString()))).toEqual(bySql.map(({ order_key: _, ...task }) => task))
}

describe('every step of one person is known to the next question', () => {
  test('claim, save, time, submit, reject, again, approve', async () => {
    const labeler = await p.member('labeler')
    const reviewer = await p.member('reviewer')
    const held = await claim(labeler.api, project_id)
    await expectSame()
    await labeler.api.save_document({ ...held, document: boxes('a', 'b') })
    await expectSame()
    await passTime(server, 60_000)
    const { accepted_ms } = await labeler.api.heartbeat({ ...held, increments: [{ sequence: 1, ms: 2000 }] })
    expect(accepted_ms).toBe(2000)
    await expectSame()
    await labeler.api.submit_task(held)
    await expectSame()
    const review = await claim(reviewer.api, project_id, 'review')
    await expectSame()
    await reviewer.api.reject_task({ ...review, comment: 'too loose' })
    await expectSame()
    await labeler.api.submit_task(await claim(labeler.api, project_id))
    await reviewer.api.approve_task(await claim(reviewer.api, project_id, 'review'))
    await expectSame()
  })

  test('skip and release', async () => {
    const labeler = await p.member('labeler')
    await labeler.api.skip_task({ ...(await claim(labeler.api, project_id)), reason: 'ambiguous' })
    await expectSame()
    await labeler.api.release_task(await claim(labeler.api, project_id))
    await expectSame()
  })

  test('a heartbeat after the lease ran out', async () => {
    const labeler = await p.member('labeler')
    const held = await claim(labeler.api, project_id)
    await expireLeases(server, project_id)
    await expectSame()
    await labeler.api.heartbeat({ ...held, increments: [] })
    await expectSame()
    await labeler.api.release_task(held)
  })
})

describe('every operation is', () => {
  const cleanups = { remove_annotations: true, remove_assignees: true, remove_history: true, remove_duration: true }
  const run = async (name: string, params: object, some: number[]) => {
    const preview = await p.manager.api.preview_operation({ project_id, name, params, selection: { ids: some } })
    const confirm = preview.confirm === null ? {} : { confirm: preview.confirm }
    let operation = await operate(p.manager.api, project_id, name, params, some, confirm)
    while (operation.state === 'running') {
      // A question in the middle of an operation is answered as the database stands then.
      await server.app.columns.page(project_id, { conditions: [] }, orderOf('stage_id'), null, 100)
      operation = await p.manager.api.get_operation({ project_id, operation_id: operation.id })
    }
    expect(operation.state).toBe('done')
    return operation
  }

  test.each<[string, () => object]>([
    ['change-status', () => ({ stage_id: p.stage('review') })],
    ['change-status', () => ({ stage_id: p.stage('completed'), open: 'take_over' })],
    ['change-status', () => ({ stage_id: p.stage('label'), ...cleanups, open: 'take_over' })],
    ['set-split', () => ({ kind: 'manual', split: 'test' })],
    ['set-split', () => ({ kind: 'auto', seed: 's', mode: 'everything' })],
    ['set-priority', () => ({ priority: 7 })],
    ['archive', () => ({ open: 'take_over' })],
  ])('%s, and its undo', async (name, params) => {
    const small = await run(name, params(), ids.slice(0, 5))
    await expectSame()
    const large = await run(name, params(), ids.slice(3, 50))
    await expectSame()
    for (const { id } of [large, small]) {
      let undo = await p.manager.api.undo_operation({ project_id, operation_id: id })
      while (undo.state === 'running') undo = await p.manager.api.get_operation({ project_id, operation_id: undo.id })
      await expectSame()
    }
  })

  test('tasks that arrive, and an export', async () => {
    ids.push(...(await p.tasks(40, { stage_id: p.stage('label'), prefix: 'Later', priority: 3 })))
    await expectSame()
    await p.manager.api.create_export({
      project_id,
      format: 'coco',
      selection: { ids: ids.slice(0, 30) },
      with_images: false,
    })
    await expectSame()
  })
})

describe('names of people, batches and stages', () => {
  test('sort as they are now', async () => {
    const labeler = await p.member('labeler')
    await arrange(
      server,
      project_id,
      new Map(
        ids.slice(0, 9).map((id, i): [number, TaskPatch] => [id, { assignee_id: i % 2 ? labeler.id : p.manager.id }]),
      ),
    )
    await expectSame()
    await sql`update person set name = 'Åsa 😀' where id = ${labeler.id}`.execute(server.app.db)
    await expectSame()
    await sql`update person set name = 'aaa' where id = ${labeler.id}`.execute(server.app.db)
    await expectSame()
  })
})

/** Changes tasks in a transaction of the caller. */
async function patch(tx: Tx, taskIds: readonly number[], change: TaskPatch) {
  const stamp = {
    actor: { person_id: null, kind: 'system' as const },
    at: new Date().toISOString(),
    operation_id: null,
  }
  const tasks = await lockTasks(tx, project_id, taskIds)
  await record(
    tx,
    project_id,
    stamp,
    tasks.map((task) => ({ task, patch: change, events: [] })),
  )
}

/** A transaction that has done its work and waits. */
async function transactionThatWaits(work: (tx: Tx) => Promise<unknown>) {
  let commit = () => {}
  let done: Promise<unknown> = Promise.resolve()
  await new Promise<void>((ready, failed) => {
    done = server.app.db.transaction().execute(async (tx) => {
      await work(tx)
      await new Promise<void>((resolve) => {
        commit = resolve
        ready()
      })
    })
    done.catch(failed)
  })
  return async () => {
    commit()
    await done
  }
}

describe.runIf(isServer)('whatever order transactions commit in', () => {
  test('the later one first: neither is missed', async () => {
    const [a, b, c] = ids as [number, number, number]
    const first = await transactionThatWaits((tx) => patch(tx, [a], { priority: 901 }))
    const second = await transactionThatWaits((tx) => patch(tx, [b], { priority: 902 }))
    await expectSame()
    await second()
    await expectSame()
    await server.app.db.transaction().execute((tx) => patch(tx, [c], { priority: 903 }))
    await expectSame()
    await first()
    await expectSame()
  })

  test('what is rolled back never was', async () => {
    const failing = server.app.db.transaction().execute(async (tx) => {
      await patch(tx, [ids[0] as number], { priority: 999 })
      throw new Error('never mind')
    })
    await expect(failing).rejects.toThrow('never mind')
    await expectSame()
  })

  test('questions while 8 writers change tasks: each writer finds its own change', async () => {
    const order = orderOf('-priority')
    const writers = Array.from({ length: 8 }, async (_, w) => {
      for (let i = 0; i < 12; i++) {
        const id = ids[w] as number
        await server.app.db.transaction().execute((tx) => patch(tx, [id], { priority: 100 * w + i }))
        const filter: Filter = { conditions: [{ field: 'priority', op: 'equals', value: 100 * w + i }] }
        const page = await server.app.columns.page(project_id, filter, order, null, 100)
        expect([w, i, page?.ids.includes(id)]).toEqual([w, i, true])
      }
    })
    await Promise.all(writers)
    await expectSame()
  })
})

describe.runIf(isServer)('two server processes on one database', () => {
  test('each knows at once what the other has done', async () => {
    const data_dir = await mkdtemp(join(tmpdir(), 'pixlhub-second-'))
    const second = await startApp({ ...server.config, data_dir }, server.app.log)
    try {
      expect(await second.app.columns.load(project_id)).toBe(true)
      await expectSame(second.app)
      await operate(p.manager.api, project_id, 'set-priority', { priority: -5 }, ids.slice(0, 8))
      await expectSame(second.app)
      await p.tasks(5, { prefix: 'another' })
      await expectSame(second.app)
      await second.app.db.transaction().execute((tx) => patch(tx, ids.slice(10, 20), { split: 'validation' }))
      await expectSame()
    } finally {
      await second.close()
      await rm(data_dir, { recursive: true, force: true })
    }
  })
})

describe('when the database may have forgotten what the index knows', () => {
  const total = (of: ColumnIndex) => of.measure(project_id, [{ filter: { conditions: [] }, what: 'total' }])

  test('everything is read again, what was being read too', async () => {
    const { db, log } = server.app
    const columns = new ColumnIndex(db, server.config.index, { ...log, error() {} })
    const loading = columns.load(project_id)
    columns.doubt()
    expect(await loading).toBe(false)
    expect(await columns.load(project_id)).toBe(true)
    columns.doubt()
    expect(columns.holds(project_id)).toBe(false)
    expect(await total(columns)).toBeNull()
    expect(await columns.load(project_id)).toBe(true)
    expect(await total(columns)).not.toBeNull()
    await columns.close()
  })

  test.runIf(isServer)('a connection that breaks, in use or not, says so, and does not end the process', async () => {
    const others = sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`
    expect(await server.app.columns.load(project_id)).toBe(true)
    const inUse = sql`select pg_sleep(30)`.execute(server.app.db).catch((error: Error) => error)
    await new Promise((resolve) => setTimeout(resolve, 200))
    await others.execute(server.app.db)
    expect(await inUse).toBeInstanceOf(Error)
    await expect.poll(() => server.app.columns.holds(project_id)).toBe(false)
    await expect.poll(() => server.app.columns.load(project_id), { timeout: 10_000 }).toBe(true)
    await expectSame()
  })
})

describe('when there is no index', () => {
  test('a small project is read by SQL', async () => {
    const columns = new ColumnIndex(server.app.db, { ...server.config.index, from: 1000 }, server.app.log)
    expect(await columns.load(project_id)).toBe(false)
    expect(await columns.page(project_id, { conditions: [] }, orderOf('id'), null, 10)).toBeNull()
    await columns.close()
  })

  test('a project beyond the memory that is given, too; one that fits takes the place of the one not used for longest', async () => {
    const other = await server.project()
    await other.tasks(60)
    const total = ids.length + 5
    const columns = new ColumnIndex(server.app.db, { from: 0, rows: total + 30, step: 9 }, server.app.log)
    expect(await columns.load(project_id)).toBe(true)
    expect(await columns.load(other.project_id)).toBe(true)
    expect(await columns.page(project_id, { conditions: [] }, orderOf('id'), null, 10)).toBeNull()
    expect((await columns.page(other.project_id, { conditions: [] }, orderOf('id'), null, 10))?.ids).toHaveLength(10)
    await columns.close()
    const small = new ColumnIndex(server.app.db, { from: 0, rows: 10, step: 9 }, server.app.log)
    expect(await small.load(project_id)).toBe(false)
    await small.close()
  })

  test('after a restart it is made anew, while SQL answers', async () => {
    const columns = new ColumnIndex(server.app.db, server.config.index, server.app.log)
    expect(await columns.page(project_id, { conditions: [] }, orderOf('id'), null, 10)).toBeNull()
    expect(await columns.load(project_id)).toBe(true)
    const page = await columns.page(project_id, { conditions: [] }, orderOf('id'), null, 10)
    expect(page?.ids).toEqual(ids.slice(0, 10))
    await columns.close()
    expect(await columns.page(project_id, { conditions: [] }, orderOf('id'), null, 10)).toBeNull()
  })

  test('what changed lately is loaded at a start; the rest when somebody looks', async () => {
    const quiet = await server.project()
    await quiet.tasks(5)
    await sql`delete from task_change where project_id = ${quiet.project_id}`.execute(server.app.db)
    const columns = new ColumnIndex(server.app.db, server.config.index, server.app.log)
    await columns.loadLately()
    expect(columns.holds(project_id)).toBe(true)
    expect(columns.holds(quiet.project_id)).toBe(false)
    await columns.close()
  })

  test('the page of the Tasks table is there all the same', async () => {
    const fresh = await server.project()
    const made = await fresh.tasks(30)
    const list = () => fresh.manager.api.list_tasks({ project_id: fresh.project_id, sort: 'id', limit: 500 })
    expect((await list()).tasks.map((t) => t.id)).toEqual(made)
    expect(await server.app.columns.load(fresh.project_id)).toBe(true)
    expect((await list()).tasks.map((t) => t.id)).toEqual(made)
  })
})

test('changes are kept for an hour, and old ones cleared away', async () => {
  await sql`update task_change set at = now() - interval '61 minutes' where number % 2 = 0`.execute(server.app.db)
  const count = async () =>
    (
      await sql<{ old: number; fresh: number }>`
      select count(*) filter (where at < now() - interval '1 hour') as old, count(*) filter (where at > now() - interval '50 minutes') as fresh from task_change`.execute(
        server.app.db,
      )
    ).rows[0] as { old: number; fresh: number }
  const before = await count()
  expect(before.old).toBeGreaterThan(0)
  await purgeChanges(server.app.db)
  expect(await count()).toEqual({ old: 0, fresh: before.fresh })
  await expectSame()
})

test('the time of people in the ledger adds up', async () => {
  const { rows } = await sql<{ person_id: number; ms: number; added: number }>`
    select p.person_id, p.ms, (select sum(e.ms) from time_entry e where e.project_id = p.project_id and e.person_id = p.person_id)::int8 as added
    from person_time p where p.project_id = ${project_id}`.execute(server.app.db)
  expect(rows.length).toBeGreaterThan(0)
  for (const { ms, added } of rows) expect(ms).toBe(added)
})
