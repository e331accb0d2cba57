// What is cleared away once the undo time has passed, and what is not.
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { continueOperations } from '../operations/continue.ts'
import { arrange, boxes, openIt, operate, rowsOf } from '../tasks/test-work.ts'
import { type TestServer, testServer } from '../testing.ts'
import { purgeRevisionsJob } from './purge.ts'

let server: TestServer
beforeAll(async () => {
  server = await testServer({ PIXLHUB_SMALL_OPERATION: '1', PIXLHUB_STEP: '1' })
  await server.app.background.stop()
})
afterAll(() => server.close())

/** @returns the number of steps */
async function purgeAll(): Promise<number> {
  const { run } = purgeRevisionsJob(server.app)
  let steps = 1
  while (await run(new AbortController().signal)) steps++
  return steps
}

/** Two tasks whose annotations a bulk operation removed. @param days ago */
async function removedLongAgo(days: number) {
  const p = await server.project()
  const { project_id } = p
  const ids = await p.tasks(2, { stage_id: p.stage('label') })
  const labeler = await p.member('labeler')
  await arrange(server, project_id, new Map(ids.map((id) => [id, { assignee_id: labeler.id }])))
  for (const id of ids) {
    const held = await openIt(labeler.api, project_id, id)
    await labeler.api.save_document({ ...held, document: boxes('a') })
    await labeler.api.release_task(held)
  }
  const params = { stage_id: p.stage('label'), remove_annotations: true }
  let { id, state } = await operate(p.manager.api, project_id, 'change-status', params, ids)
  while (state === 'running') {
    await continueOperations(server.app)
    ;({ state } = await p.manager.api.get_operation({ project_id, operation_id: id }))
  }
  const { db } = server.app
  const then = sql`now() - make_interval(hours => ${24 * days}::int4)`
  await sql`update annotation_revision set created_at = now() - interval '90 days' where project_id = ${project_id}`.execute(
    db,
  )
  await sql`update operation set created_at = ${then} where project_id = ${project_id}`.execute(db)
  await sql`update operation_group set at = ${then} where project_id = ${project_id}`.execute(db)
  const revisions = async () => {
    await purgeAll()
    const { rows } = await sql`select 1 from annotation_revision where project_id = ${project_id}`.execute(db)
    return rows.length
  }
  return { p, project_id, operation_id: id, revisions }
}

test('removed annotations are kept for a day longer than their undo is offered, and then go', async () => {
  expect(await (await removedLongAgo(30.5)).revisions()).toBe(2)
  expect(await (await removedLongAgo(32)).revisions()).toBe(0)
})

test('what an undo is at is kept until it is through, however long that takes', async () => {
  const { p, project_id, operation_id, revisions } = await removedLongAgo(29)
  let undo = await p.manager.api.undo_operation({ project_id, operation_id })
  const long = sql`now() - interval '40 days'`
  await sql`update operation_group set at = ${long} where project_id = ${project_id}`.execute(server.app.db)
  await continueOperations(server.app)
  expect(await revisions()).toBe(2)
  while (undo.state === 'running') {
    await continueOperations(server.app)
    undo = await p.manager.api.get_operation({ project_id, operation_id: undo.id })
  }
  expect((await rowsOf(server, project_id)).map((t) => t.object_count)).toEqual([1, 1])
  expect(await revisions()).toBe(2)
})

test('of many revisions in several projects, the old ones go step by step that no task shows', async () => {
  const { db } = server.app
  const made = await Promise.all(
    [1, 700].map(async (count) => {
      const { project_id, stage, tasks } = await server.project()
      const ids = await tasks(count)
      // Given two old revisions and one of this week for each task, of which every other task shows the first
      await sql`
        insert into annotation_revision (project_id, task_id, kind, stage_id, objects, object_count, class_counts, created_at)
        select project_id, id, 'saved', ${stage('prepare')}, '[]', n, '{}', now() - make_interval(days => case n when 3 then 7 else 90 end)
        from task cross join generate_series(1, 3) n where project_id = ${project_id}`.execute(db)
      const { rows } = await sql<{ task_id: number; id: number }>`
        select task_id, id from annotation_revision where project_id = ${project_id} and object_count = 1`.execute(db)
      const shown = rows.filter((_, i) => i % 2 === 0)
      await arrange(server, project_id, new Map(shown.map((r) => [r.task_id, { revision_id: r.id }])))
      return { project_id, tasks: ids.length, shown: shown.length }
    }),
  )
  // When all are walked through
  expect(await purgeAll()).toBeGreaterThan(made.length + 1)
  // Then these are left, each project's own
  for (const { project_id, tasks, shown } of made) {
    const { rows } = await sql<{ first: number; second: number; new: number }>`
      select count(*) filter (where object_count = 1) as first, count(*) filter (where object_count = 2) as second,
        count(*) filter (where object_count = 3) as new
      from annotation_revision where project_id = ${project_id}`.execute(db)
    expect(rows).toEqual([{ first: shown, second: 0, new: tasks }])
  }
})
