// Several take the steps of one operation at once: from both ends of what is left, never a task twice.
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { selectionSql } from '../tasks/filter-queries.ts'
import { contradictions } from '../tasks/test-queries.ts'
import { rowsOf } from '../tasks/test-work.ts'
import { type TestProject, type TestServer, testServer } from '../testing.ts'
import { continueOperations } from './continue.ts'
import { FIRST_LANE, type Lane } from './lanes.ts'
import { insertOperation, joinRunning, requestCancel } from './operation-queries.ts'
import { freeze, nextParts } from './part-queries.ts'
import { finished, restorable } from './test-set.ts'

const TASKS = 120
const SECOND_LANE: Lane = { name: 'beside', from: 'last' }
/** As two servers would have it, beside the loops of this one. */
const HANDS = [FIRST_LANE, SECOND_LANE, FIRST_LANE, SECOND_LANE]

let server: TestServer
beforeAll(async () => {
  server = await testServer({ PIXLHUB_SMALL_OPERATION: '10', PIXLHUB_STEP: '3' })
})
afterAll(() => server.close())

async function arranged() {
  const p = await server.project()
  await p.tasks(TASKS, { stage_id: p.stage('label') })
  return p
}
const whole = (p: TestProject) => ({
  project_id: p.project_id,
  name: 'set-priority',
  params: { priority: 7 },
  selection: { filter: { conditions: [] }, all: true as const },
  key: randomUUID(),
})

/** All hands until one of them finds nothing more to do. */
const together = (until: () => boolean) =>
  Promise.all(
    HANDS.map(async (lane) => {
      while (!until()) await continueOperations(server.app, lane)
    }),
  )

async function idsOfGroups(project_id: number, operation_id: number): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select unnest(task_ids) as id from operation_group where project_id = ${project_id} and operation_id = ${operation_id}`.execute(
    server.app.db,
  )
  return rows.map((r) => r.id).sort((a, b) => a - b)
}

test('many hands at one operation and at its undo: each task exactly once', async () => {
  const p = await arranged()
  const { project_id } = p
  const before = await rowsOf(server, project_id)
  let isOver = false
  const started = await p.manager.api.run_operation(whole(p))
  const hands = together(() => isOver)
  expect(await finished(p.manager.api, project_id, started.id)).toMatchObject({ state: 'done', applied: TASKS })
  expect(await idsOfGroups(project_id, started.id)).toEqual(before.map((t) => t.id))
  expect((await rowsOf(server, project_id)).every((t) => t.priority === 7 && t.version === 2)).toBe(true)

  const undo = await p.manager.api.undo_operation({ project_id, operation_id: started.id })
  expect(await finished(p.manager.api, project_id, undo.id)).toMatchObject({ state: 'done', applied: TASKS })
  isOver = true
  await hands
  expect(restorable(await rowsOf(server, project_id))).toEqual(restorable(before))
  expect(await contradictions(server, project_id)).toEqual([])
})

test('once it is told to be cancelled, no step comes after', async () => {
  const p = await arranged()
  const { project_id } = p
  let isOver = false
  const started = await p.manager.api.run_operation(whole(p))
  const hands = together(() => isOver)
  await p.manager.api.cancel_operation({ project_id, operation_id: started.id })
  const cancelled = await finished(p.manager.api, project_id, started.id)
  const ids = await idsOfGroups(project_id, started.id)
  isOver = true
  await hands
  expect(cancelled).toMatchObject({ state: 'cancelled', applied: ids.length })
  expect(await idsOfGroups(project_id, started.id)).toEqual(ids)
})

test('what is told to be cancelled ends before others go on, however much it did', async () => {
  const { project_id, manager } = await server.project()
  const actor = { person_id: manager.id, kind: 'person' as const }
  const draft = { project_id, name: 'set-priority', params: {}, selection: { ids: [1] }, key: null, request_hash: '', actor, undoes_id: null } // biome-ignore format: one row
  const undone = new Error('not to be seen by the loops of this server')
  const begun = server.app.db.transaction().execute(async (tx) => {
    const large = (await insertOperation(tx, draft)) as number
    const fresh = (await insertOperation(tx, draft)) as number
    await sql`update operation set applied = 50 where project_id = ${project_id} and id = ${large}`.execute(tx)
    expect((await joinRunning(tx))?.id).toBe(fresh)
    await requestCancel(tx, project_id, large)
    expect((await joinRunning(tx))?.id).toBe(large)
    throw undone
  })
  await expect(begun).rejects.toBe(undone)
})

test.skipIf(!process.env.DATABASE_URL)(
  'parts that somebody is at are left to them; what is taken follows each other',
  async () => {
    const p = await arranged()
    const { db } = server.app
    const id = -1
    await db
      .transaction()
      .execute((tx) => freeze(tx, p.project_id, id, selectionSql(p.project_id, whole(p).selection), null, 3))
    const take = async (from: 'first' | 'last', parts: number) => {
      const tx = await db.startTransaction().execute()
      const taken = await nextParts(tx as never, p.project_id, id, null, 3 * parts, from)
      return { tx, numbers: taken.map((part) => part.number) }
    }
    const last = TASKS / 3 - 1
    const a = await take('first', 2)
    const b = await take('first', 4)
    const c = await take('last', 2)
    const d = await take('first', last + 1)
    expect([a, b, c].map((x) => x.numbers)).toEqual([
      [0, 1],
      [2, 3],
      [last - 1, last],
    ])
    expect(d.numbers).toEqual(Array.from({ length: last - 5 }, (_, i) => i + 4))
    const none = await take('last', 5)
    expect(none.numbers).toEqual([])
    // What is given back in the middle of others' is taken, and no further.
    await b.tx.rollback().execute()
    const e = await take('last', last + 1)
    expect(e.numbers).toEqual([2, 3])
    for (const { tx } of [a, c, d, e, none]) await tx.rollback().execute()
  },
)
