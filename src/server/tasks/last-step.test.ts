// The last that an editor says of a task: the step, the time not reported yet, and the wish for the next task, in one call.
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { type TestProject, type TestServer, testServer } from '../testing.ts'
import { contradictions } from './test-queries.ts'
import { boxes, claim, operate, rowOf, session } from './test-work.ts'

let server: TestServer
let p: TestProject
beforeAll(async () => {
  server = await testServer()
})
afterAll(() => server.close())
beforeEach(async () => {
  p = await server.project()
})
afterEach(async () => expect(await contradictions(server, p.project_id)).toEqual([]))

const wait = (ms: number) => new Promise((done) => setTimeout(done, ms))

test('a submit brings its last time and comes back with the next task, held by the session that was named', async () => {
  const [first = 0, second = 0] = await p.tasks(2, { stage_id: p.stage('label') })
  const labeler = await p.member('labeler')
  const held = await claim(labeler.api, p.project_id)
  await labeler.api.save_document({ ...held, document: boxes('a') })
  await wait(60)
  const next_session_id = session()
  const { task, next } = await labeler.api.submit_task({
    ...held,
    increments: [{ sequence: 1, ms: 50 }],
    since_input_ms: 0,
    next_session_id,
  })
  expect(task).toMatchObject({ id: first, stage_id: p.stage('review'), duration_ms: 50, lease: null })
  expect(next).toMatchObject({ task_id: second, opened: { session_id: next_session_id }, empty: null })
  expect((await labeler.api.get_task_time({ project_id: p.project_id, task_id: first })).entries).toEqual([
    expect.objectContaining({ person_id: labeler.id, kind: 'annotation', ms: 50 }),
  ])
  const beat = { task_id: second, session_id: next_session_id, generation: next?.opened?.generation ?? 0 }
  await labeler.api.heartbeat({ project_id: p.project_id, ...beat, increments: [] })
})

test('time that a heartbeat brought already is not counted again', async () => {
  await p.tasks(1, { stage_id: p.stage('label') })
  const labeler = await p.member('labeler')
  const held = await claim(labeler.api, p.project_id)
  await wait(40)
  const increments = [{ sequence: 1, ms: 30 }]
  await labeler.api.heartbeat({ ...held, increments })
  const { task, next } = await labeler.api.submit_task({ ...held, increments })
  expect([task.duration_ms, next]).toEqual([30, null])
})

test('a step that is refused counts no time and claims nothing', async () => {
  const [first = 0, second = 0] = await p.tasks(2, { stage_id: p.stage('label') })
  const labeler = await p.member('labeler')
  const held = await claim(labeler.api, p.project_id)
  await wait(40)
  await operate(p.manager.api, p.project_id, 'change-status', { stage_id: p.stage('prepare'), open: 'take_over' }, [
    first,
  ])
  const step = labeler.api.submit_task({
    ...held,
    increments: [{ sequence: 1, ms: 30 }],
    next_session_id: session(),
  })
  await expect(step).rejects.toMatchObject({ code: 'stale_generation' })
  expect((await rowOf(server, p.project_id, first)).duration_ms).toBe(0)
  expect((await rowOf(server, p.project_id, second)).assignee_id).toBeNull()
})

test('where nothing is left, the reasons come back; review goes on with review', async () => {
  const ids = await p.tasks(2, { stage_id: p.stage('review') })
  const reviewer = await p.member('reviewer')
  const held = await claim(reviewer.api, p.project_id, 'review')
  const approved = await reviewer.api.approve_task({ ...held, next_session_id: session() })
  expect(approved.next?.task_id).toBe(ids[1])
  const { task_id, opened } = approved.next ?? {}
  const last = { project_id: p.project_id, task_id: task_id ?? 0, session_id: opened?.session_id ?? '' }
  const rejected = await reviewer.api.reject_task({
    ...last,
    generation: opened?.generation ?? 0,
    comment: 'again',
    next_session_id: session(),
  })
  expect(rejected.next).toMatchObject({ task_id: null, opened: null, empty: { in_stage: 0, completed: 1 } })
})
