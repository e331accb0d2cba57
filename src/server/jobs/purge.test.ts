// What is cleared away once the undo time has passed, and what is not.
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { continueOperations } from '../operations/continue.ts'
import { arrange, boxes, openIt, operate, rowsOf } from '../tasks/test-work.ts'
import { type TestServer, testServer } from '../testing.ts'
import { purgeRevisions } from './purge-queries.ts'

let server: TestServer
beforeAll(async () => {
  server = await testServer({ PIXLHUB_SMALL_OPERATION: '1', PIXLHUB_STEP: '1' })
  await server.app.background.stop()
})
afterAll(() => server.close())

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
    await purgeRevisions(db)
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
