import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestServer, testServer } from '../testing.ts'

let server: TestServer
beforeAll(async () => {
  server = await testServer()
})
afterAll(() => server.close())

const session = () => `session-${Math.random().toString(36).slice(2, 12)}`

test('a task goes from Prepare over Label and Review to Completed, and its timeline tells it', async () => {
  const p = await server.project()
  const { project_id } = p
  const [task_id] = (await p.tasks(1)) as [number]
  const labeler = await p.member('labeler')
  const reviewer = await p.member('reviewer')

  const empty = await labeler.api.claim_task({ project_id, kind: 'label', session_id: session() })
  expect(empty.task_id).toBeNull()
  expect(empty.empty).toMatchObject({ in_prepare: 1, total: 1 })

  const released = await p.manager.api.run_operation({
    project_id,
    name: 'change-status',
    params: { stage_id: p.stage('label') },
    selection: { ids: [task_id] },
    key: 'release-1',
  })
  expect(released).toMatchObject({ state: 'done', applied: 1 })

  const mine = { session_id: session(), generation: 0 }
  const claimed = await labeler.api.claim_task({ project_id, kind: 'label', session_id: mine.session_id })
  expect(claimed).toMatchObject({ task_id, source: 'pool' })
  mine.generation = claimed.opened?.generation as number
  const object = {
    id: 'a',
    class_id: 1,
    shape: { type: 'box' as const, x: 1, y: 2, width: 30, height: 40 },
    attributes: {},
    author_id: null,
  }
  const saved = await labeler.api.save_document({
    project_id,
    task_id,
    ...mine,
    document: { objects: [object], global_attributes: {} },
  })
  expect(saved.object_count).toBe(1)
  const submitted = await labeler.api.submit_task({ project_id, task_id, ...mine })
  expect(submitted.task).toMatchObject({
    stage_id: p.stage('review'),
    assignee_id: null,
    labelled_by_id: labeler.id,
    object_count: 1,
  })

  const review = { session_id: session(), generation: 0 }
  const offered = await reviewer.api.claim_task({ project_id, kind: 'review', session_id: review.session_id })
  expect(offered.opened?.document.objects[0]).toMatchObject({ id: 'a', author_id: labeler.id })
  review.generation = offered.opened?.generation as number
  await reviewer.api.reject_task({ project_id, task_id, ...review, comment: 'The box is too small' })

  const again = await labeler.api.claim_task({ project_id, kind: 'label', session_id: mine.session_id })
  expect(again).toMatchObject({ task_id, source: 'returned' })
  expect(again.opened?.returned_comment).toBe('The box is too small')
  await labeler.api.submit_task({
    project_id,
    task_id,
    session_id: mine.session_id,
    generation: again.opened?.generation as number,
  })

  const second = await reviewer.api.claim_task({ project_id, kind: 'review', session_id: review.session_id })
  expect(second).toMatchObject({ task_id, source: 'assigned' })
  const done = await reviewer.api.approve_task({
    project_id,
    task_id,
    session_id: review.session_id,
    generation: second.opened?.generation as number,
  })
  expect(done.task).toMatchObject({ stage_id: p.stage('completed'), queued_at: null, times_returned: 1 })

  const { events } = await p.manager.api.get_task_history({ project_id, task_id })
  expect(events.map((e) => e.kind).reverse()).toEqual([
    'created', 'released', 'assigned', 'opened', 'submitted', 'assigned', 'opened', 'rejected', 'opened', 'submitted', 'opened', 'approved',
  ]) // biome-ignore format: a story
})

test('undo of Change status with all four cleanups brings everything back', async () => {
  const p = await server.project()
  const { project_id } = p
  const [task_id] = (await p.tasks(1, { stage_id: p.stage('label') })) as [number]
  const labeler = await p.member('labeler')
  const session_id = session()
  const { opened } = await labeler.api.claim_task({ project_id, kind: 'label', session_id })
  const generation = opened?.generation as number
  const object = {
    id: 'a',
    class_id: 1,
    shape: { type: 'box' as const, x: 1, y: 2, width: 30, height: 40 },
    attributes: {},
    author_id: null,
  }
  await labeler.api.save_document({
    project_id,
    task_id,
    session_id,
    generation,
    document: { objects: [object], global_attributes: {} },
  })
  await labeler.api.submit_task({ project_id, task_id, session_id, generation })
  const before = (await p.manager.api.get_task({ project_id, task_id })).task

  const params = {
    stage_id: p.stage('prepare'),
    remove_annotations: true,
    remove_assignees: true,
    remove_history: true,
    remove_duration: true,
  }
  const selection = { ids: [task_id] }
  const preview = await p.manager.api.preview_operation({ project_id, name: 'change-status', params, selection })
  expect(preview).toMatchObject({
    total: 1,
    applied: 1,
    moves: [{ from_stage_id: p.stage('review'), to_stage_id: p.stage('prepare'), total: 1 }],
    loses: { objects: 1 },
    confirm: null,
  })
  const operation = await p.manager.api.run_operation({
    project_id,
    name: 'change-status',
    params,
    selection,
    expected_count: 1,
    key: 'cleanup-1',
  })
  expect(operation).toMatchObject({ state: 'done', applied: 1, is_undoable: true })
  const cleaned = await p.manager.api.get_task({ project_id, task_id })
  expect(cleaned.task).toMatchObject({
    stage_id: p.stage('prepare'),
    object_count: 0,
    assignee_id: null,
    queued_at: null,
  })
  expect(cleaned.document.objects).toEqual([])
  const timeline = await p.manager.api.get_task_history({ project_id, task_id })
  expect(timeline.events.map((e) => e.kind)).toEqual([
    'status_changed',
    'unassigned',
    'annotations_removed',
    'history_cleared',
  ])
  const audit = await p.manager.api.get_task_audit({ project_id, task_id })
  expect(audit.events.length).toBeGreaterThan(timeline.events.length)

  const undone = await p.manager.api.undo_operation({ project_id, operation_id: operation.id })
  expect(undone).toMatchObject({ name: 'undo', state: 'done', applied: 1 })
  const after = await p.manager.api.get_task({ project_id, task_id })
  const volatile = ({ generation: _g, event_count: _e, updated_at: _u, ...rest }: typeof before) => rest
  expect(volatile(after.task)).toEqual(volatile(before))
  expect(after.document.objects).toHaveLength(1)
  await expect(p.manager.api.undo_operation({ project_id, operation_id: operation.id })).rejects.toMatchObject({
    code: 'not_undoable',
  })
})
