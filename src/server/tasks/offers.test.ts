// Who is offered what: order of the sources, skips, own work, and why there is nothing.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestServer, testServer } from '../testing.ts'
import { contradictions, expireLeases } from './test-queries.ts'
import { arrange, boxes, claim, operate, rowOf, session } from './test-work.ts'

let server: TestServer
beforeAll(async () => {
  server = await testServer()
})
afterAll(() => server.close())

const next = (api: TestServer['owner'], project_id: number, kind: 'label' | 'review' = 'label') =>
  api.claim_task({ project_id, kind, session_id: session() })

test('my open task, then my returned ones, then what is assigned to me, then the pool', async () => {
  const p = await server.project()
  const { project_id } = p
  const [pool = 0, assigned = 0, returned = 0, open = 0] = await p.tasks(4, { stage_id: p.stage('label') })
  const { api, id } = await p.member('labeler')
  await arrange(
    server,
    project_id,
    new Map([
      [pool, { priority: 1000 }],
      [assigned, { assignee_id: id, priority: 500 }],
      [returned, { assignee_id: id, is_returned: true, priority: -5 }],
      [open, { assignee_id: id, priority: -1000 }],
    ]),
  )
  await api.open_task({ project_id, task_id: open, session_id: session() })
  for (const [task_id, source] of [
    [open, 'open'],
    [returned, 'returned'],
    [assigned, 'assigned'],
    [pool, 'pool'],
  ] as const) {
    const offer = await next(api, project_id)
    expect(offer).toMatchObject({ task_id, source })
    await api.submit_task({
      project_id,
      task_id,
      session_id: offer.opened?.session_id as string,
      generation: offer.opened?.generation as number,
    })
  }
  expect(await next(api, project_id)).toMatchObject({ task_id: null, empty: { waiting_for_review: 4, total: 4 } })
})

test('opening from the queue assigns, and nobody else’s place changes', async () => {
  const p = await server.project()
  const { project_id } = p
  const ids = await p.tasks(3, { stage_id: p.stage('label') })
  const before = await Promise.all(ids.map((id) => rowOf(server, project_id, id)))
  const { api, id } = await p.member('labeler')
  const held = await claim(api, project_id)
  const after = await Promise.all(ids.map((i) => rowOf(server, project_id, i)))
  expect(after.map((t) => t.queued_at)).toEqual(before.map((t) => t.queued_at))
  expect(await rowOf(server, project_id, held.task_id)).toMatchObject({
    assignee_id: id,
    stage_assignees: { [p.stage('label')]: id },
  })
  expect(held.task_id).toBe(Math.min(...ids))
})

describe('skipping', () => {
  async function skipped(to?: object) {
    const p = await server.project()
    const { project_id } = p
    const [task_id = 0] = await p.tasks(1, { stage_id: p.stage('label') })
    const skipper = await p.member('labeler', 'skipper')
    const other = await p.member('labeler', 'other')
    const held = await claim(skipper.api, project_id)
    await skipper.api.skip_task({ ...held, reason: 'other', note: 'Too dark' })
    const before = await rowOf(server, project_id, task_id)
    const cleared = to && (await operate(p.manager.api, project_id, 'clear-skip', to, [task_id]))
    return { p, project_id, task_id, skipper, other, before, cleared }
  }

  test('takes the task out of every queue, with reason, person and time; the status stays', async () => {
    const { p, project_id, task_id, skipper, other, before } = await skipped()
    expect(before).toMatchObject({
      is_skipped: true, skip_reason: 'other', skip_note: 'Too dark', skipped_by_id: skipper.id, stage_id: p.stage('label'),
      assignee_id: null, queued_at: null, skipper_ids: [skipper.id],
    }) // biome-ignore format: one list
    for (const { api } of [skipper, other, p.manager])
      expect(await next(api, project_id)).toMatchObject({ task_id: null, empty: { skipped: 1, in_stage: 0 } })
    await expect(p.manager.api.open_task({ project_id, task_id, session_id: session() })).rejects.toMatchObject({
      code: 'wrong_stage',
    })
  })

  test('cleared: offered at once to anybody but the skipper; the event keeps who and why', async () => {
    const { p, project_id, task_id, skipper, other, before, cleared } = await skipped({})
    expect(cleared).toMatchObject({ applied: 1 })
    const row = await rowOf(server, project_id, task_id)
    expect(row).toMatchObject({
      is_skipped: false,
      skip_reason: null,
      skip_note: null,
      skipped_by_id: null,
      skipped_at: null,
      object_count: before.object_count,
      stage_id: before.stage_id,
    })
    expect(Date.now() - Date.parse(row.queued_at as string)).toBeLessThan(10_000)
    expect(await next(skipper.api, project_id)).toMatchObject({
      task_id: null,
      empty: { in_stage: 1, skipped_by_me: 1, skipped: 0 },
    })
    expect((await skipper.api.get_queue({ project_id })).label.pool).toBe(0)
    expect((await other.api.get_queue({ project_id })).label.pool).toBe(1)
    expect((await claim(other.api, project_id)).task_id).toBe(task_id)
    const { events } = await p.manager.api.get_task_history({ project_id, task_id })
    expect(events.find((e) => e.kind === 'skip_cleared')).toMatchObject({
      before: { skip_reason: 'other', skipped_by_id: skipper.id },
      note: 'Too dark',
    })
  })

  test('cleared back to the skipper: that person alone is offered it', async () => {
    const { project_id, task_id, skipper, other } = await skipped({ to: 'skipper' })
    expect(await next(other.api, project_id)).toMatchObject({ task_id: null, empty: { assigned_to_others: 1 } })
    expect(await next(skipper.api, project_id)).toMatchObject({ task_id, source: 'assigned' })
  })

  test('cleared to a person: that person alone is offered it', async () => {
    const { p, project_id, task_id, skipper, other } = await skipped()
    await operate(p.manager.api, project_id, 'clear-skip', { to: 'person', person_id: other.id }, [task_id])
    expect(await next(skipper.api, project_id)).toMatchObject({ task_id: null })
    expect(await next(other.api, project_id)).toMatchObject({ task_id, source: 'assigned' })
    expect(await contradictions(server, project_id)).toEqual([])
  })

  test('clear skip: what is wrong is refused before anything happens', async () => {
    const { p, project_id, task_id, before } = await skipped()
    const stranger = await server.person('member', 'outsider')
    for (const params of [
      { to: 'person' },
      { to: 'pool', person_id: 1 },
      { to: 'person', person_id: stranger.id },
      { to: 'nobody' },
    ])
      await expect(operate(p.manager.api, project_id, 'clear-skip', params, [task_id])).rejects.toMatchObject({
        status: 400,
        code: 'invalid_input',
        message: expect.stringContaining('params'),
      })
    expect(await rowOf(server, project_id, task_id)).toEqual(before)
  })

  test('cleared back to a skipper who left: refused with the reason', async () => {
    const { p, project_id, task_id, skipper } = await skipped()
    await server.owner.remove_project_member({ project_id, person_id: skipper.id })
    const operation = await operate(p.manager.api, project_id, 'clear-skip', { to: 'skipper' }, [task_id])
    expect(operation).toMatchObject({ applied: 0, refused: 1 })
    const { results } = await p.manager.api.list_operation_results({ project_id, operation_id: operation.id })
    expect(results).toMatchObject([{ outcome: 'refused', reason: 'not_a_member', person_name: 'Skipper' }])
  })

  test('where the project does not allow it: 409, and the task stays mine', async () => {
    const p = await server.project({ settings: { allow_skip: false } })
    await p.tasks(1, { stage_id: p.stage('label') })
    const { api, id } = await p.member('labeler')
    const held = await claim(api, p.project_id)
    await expect(api.skip_task({ ...held, reason: 'ambiguous' })).rejects.toMatchObject({
      status: 409,
      code: 'skip_not_allowed',
    })
    expect(await rowOf(server, p.project_id, held.task_id)).toMatchObject({ is_skipped: false, assignee_id: id })
  })
})

describe('own work', () => {
  async function ownReview(settings: object = {}) {
    const p = await server.project({ settings })
    const { project_id } = p
    const [own = 0, others = 0] = await p.tasks(2, { stage_id: p.stage('label') })
    const reviewer = await p.member('reviewer')
    const held = await claim(reviewer.api, project_id)
    expect(held.task_id).toBe(own)
    await reviewer.api.submit_task(held)
    return { p, project_id, own, others, reviewer }
  }

  test('a reviewer is never offered own work, and the answer says so', async () => {
    const { project_id, own, reviewer } = await ownReview()
    expect(await next(reviewer.api, project_id, 'review')).toMatchObject({
      task_id: null,
      empty: { own_work: 1, in_stage: 1 },
    })
    expect((await reviewer.api.get_queue({ project_id })).review.pool).toBe(0)
    await expect(reviewer.api.open_task({ project_id, task_id: own, session_id: session() })).rejects.toMatchObject({
      status: 409,
      code: 'own_work',
    })
  })

  test('is what was saved, also where a manager moved it on without a submit', async () => {
    const p = await server.project()
    const { project_id } = p
    const ids = await p.tasks(1, { stage_id: p.stage('label') })
    const reviewer = await p.member('reviewer')
    const held = await claim(reviewer.api, project_id)
    await reviewer.api.save_document({ ...held, document: boxes('a') })
    expect(await rowOf(server, project_id, held.task_id)).toMatchObject({ labelled_by_id: reviewer.id })
    await operate(p.manager.api, project_id, 'change-status', { stage_id: p.stage('review'), open: 'take_over' }, ids)
    expect(await next(reviewer.api, project_id, 'review')).toMatchObject({ task_id: null, empty: { own_work: 1 } })
    const other = await p.member('reviewer', 'second reviewer')
    const review = await claim(other.api, project_id, 'review')
    await other.api.save_document({ ...review, document: boxes('a', 'b') })
    // Who corrects in a review labels nothing.
    expect(await rowOf(server, project_id, held.task_id)).toMatchObject({ labelled_by_id: reviewer.id })
  })

  test('is offered where the project allows it', async () => {
    const { project_id, own, reviewer } = await ownReview({ allow_self_review: true })
    expect(await next(reviewer.api, project_id, 'review')).toMatchObject({ task_id: own })
  })

  test('assigned for review by a manager is refused with a reason', async () => {
    const { p, project_id, own, reviewer } = await ownReview()
    const operation = await operate(p.manager.api, project_id, 'assign', { person_id: reviewer.id }, [own])
    expect(operation).toMatchObject({ applied: 0, refused: 1 })
    const { results } = await p.manager.api.list_operation_results({ project_id, operation_id: operation.id })
    expect(results).toMatchObject([{ reason: 'own_work', person_name: 'Reviewer' }])
  })

  test('that is assigned all the same (the project allowed it before) does not keep other reviews away', async () => {
    const { p, project_id, own, others, reviewer } = await ownReview({ allow_self_review: true })
    await operate(p.manager.api, project_id, 'assign', { person_id: reviewer.id }, [own])
    const labeler = await p.member('labeler')
    await labeler.api.submit_task(await claim(labeler.api, project_id))
    await server.owner.update_project({ project_id, settings: { allow_self_review: false } })
    expect(await next(reviewer.api, project_id, 'review')).toMatchObject({ task_id: others, source: 'pool' })
    expect((await reviewer.api.get_queue({ project_id })).review).toMatchObject({ open: 1, assigned: 0 })
  })

  test('comes back to its reviewer of before only if that is somebody else', async () => {
    const { p, project_id, own, reviewer } = await ownReview()
    const other = await p.member('reviewer', 'second reviewer')
    const review = await claim(other.api, project_id, 'review')
    await other.api.reject_task({ ...review, comment: 'Again' })
    await operate(p.manager.api, project_id, 'assign', { person_id: other.id }, [own])
    const held = await claim(other.api, project_id)
    expect(held.task_id).toBe(own)
    await other.api.submit_task(held)
    expect(await rowOf(server, project_id, own)).toMatchObject({ assignee_id: null, labelled_by_id: other.id })
    expect(await next(reviewer.api, project_id, 'review')).toMatchObject({ task_id: own, source: 'pool' })
  })
})

test('an empty queue is explained with the right counts', async () => {
  const p = await server.project()
  const { project_id } = p
  const ids = await p.tasks(10, { stage_id: p.stage('label') })
  await p.tasks(2)
  const me = await p.member('labeler')
  const other = await p.member('labeler', 'other')
  const at = (i: number) => ids[i] as number
  const since = new Date().toISOString()
  await arrange(
    server,
    project_id,
    new Map([
      [at(0), { assignee_id: other.id }],
      [at(1), { assignee_id: other.id }],
      [
        at(2),
        { is_skipped: true, queued_at: null, skip_reason: 'ambiguous', skipped_by_id: other.id, skipped_at: since },
      ],
      [at(3), { skipper_ids: [me.id] }],
      [at(4), { stage_id: p.stage('review'), labelled_by_id: me.id }],
      [at(5), { stage_id: p.stage('review') }],
      [at(6), { stage_id: p.stage('completed'), queued_at: null }],
      [at(7), { is_archived: true }],
      [at(8), { assignee_id: other.id }],
      [at(9), { assignee_id: other.id }],
    ]),
  )
  await other.api.open_task({ project_id, task_id: at(8), session_id: session() })
  const label = await next(me.api, project_id)
  expect(label.empty).toEqual({
    total: 11, in_prepare: 2, in_stage: 6 - 1, open_by_others: 1, assigned_to_others: 3, skipped: 1, skipped_by_me: 1,
    own_work: 0, waiting_for_review: 2, completed: 1,
  }) // biome-ignore format: one list
  await expireLeases(server, project_id)
  expect((await next(me.api, project_id)).empty).toMatchObject({ open_by_others: 0, assigned_to_others: 4 })
  await expect(next(me.api, project_id, 'review')).rejects.toMatchObject({ status: 403, code: 'not_allowed' })
})

test('an archived task is offered to nobody, and comes back where it stood', async () => {
  const p = await server.project()
  const { project_id } = p
  const [task_id = 0] = await p.tasks(1, { stage_id: p.stage('label') })
  const { api } = await p.member('labeler')
  const before = await rowOf(server, project_id, task_id)
  await operate(p.manager.api, project_id, 'archive', {}, [task_id])
  expect(await next(api, project_id)).toMatchObject({ task_id: null, empty: { total: 0 } })
  await operate(p.manager.api, project_id, 'restore', {}, [task_id])
  expect(await rowOf(server, project_id, task_id)).toMatchObject({ queued_at: before.queued_at })
  expect((await claim(api, project_id)).task_id).toBe(task_id)
})
