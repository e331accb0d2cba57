// What an open editor may and may not do: heartbeats and time, leases, saves, drafts.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestPerson, type TestServer, testServer } from '../testing.ts'
import { contradictions, expireLeases, passTime } from './test-queries.ts'
import { arrange, box, boxes, claim, type Held, openIt, operate, rowOf, session } from './test-work.ts'

let server: TestServer
beforeAll(async () => {
  server = await testServer()
})
afterAll(() => server.close())

async function labelling(count = 1, settings: object = {}) {
  const p = await server.project({ settings })
  await p.tasks(count, { stage_id: p.stage('label') })
  const labeler = await p.member('labeler')
  return { p, project_id: p.project_id, labeler, held: await claim(labeler.api, p.project_id) }
}
const beats = (...ms: number[]) => ms.map((m, i) => ({ sequence: i + 1, ms: m }))

describe('heartbeats', () => {
  test('time that passed counts once; a replayed sequence adds nothing', async () => {
    const { p, project_id, labeler, held } = await labelling()
    await passTime(server, 30_000)
    const first = await labeler.api.heartbeat({ ...held, increments: beats(10_000, 10_000) })
    expect(first).toMatchObject({ accepted_ms: 20_000, duration_ms: 20_000, review_ms: 0 })
    await passTime(server, 30_000)
    const again = await labeler.api.heartbeat({ ...held, increments: beats(10_000, 10_000) })
    expect(again).toMatchObject({ accepted_ms: 0, duration_ms: 20_000 })
    const twice = await labeler.api.heartbeat({
      ...held,
      increments: [
        { sequence: 3, ms: 4000 },
        { sequence: 3, ms: 4000 },
      ],
    })
    expect(twice).toMatchObject({ accepted_ms: 4000, duration_ms: 24_000 })
    const { entries } = await p.manager.api.get_task_time({ project_id, task_id: held.task_id })
    expect(entries).toEqual([
      expect.objectContaining({ person_id: labeler.id, kind: 'annotation', ms: 24_000, stage_id: p.stage('label') }),
    ])
    expect(await contradictions(server, project_id)).toEqual([])
  })

  test('a program that names all its sessions alike loses no time, and none counts twice', async () => {
    const { p, project_id, labeler, held } = await labelling()
    const task = { project_id, task_id: held.task_id, session_id: 'always-the-same' }
    const beat = async (api: TestPerson['api'], generation: number) => {
      await passTime(server, 30_000)
      const first = await api.heartbeat({ ...task, generation, increments: beats(10_000) })
      const again = await api.heartbeat({ ...task, generation, increments: beats(10_000) })
      return [first.accepted_ms, again.accepted_ms]
    }
    await labeler.api.release_task(held)
    for (let visit = 0; visit < 2; visit++) {
      const { generation } = await labeler.api.open_task(task)
      expect(await beat(labeler.api, generation)).toEqual([10_000, 0])
      await expireLeases(server, project_id)
      // Work goes on after the lease ran out: no new visit.
      expect(await beat(labeler.api, generation)).toEqual([0, 0])
      if (visit === 0) await labeler.api.release_task({ ...task, generation })
      else await labeler.api.submit_task({ ...task, generation })
      const late = labeler.api.heartbeat({ ...task, generation, increments: beats(10_000) })
      await expect(late).rejects.toMatchObject({ code: 'no_lease' })
    }
    const reviewer = await p.member('reviewer')
    const { generation } = await reviewer.api.open_task(task)
    expect(await beat(reviewer.api, generation)).toEqual([10_000, 0])
    expect(await rowOf(server, project_id, task.task_id)).toMatchObject({ duration_ms: 20_000, review_ms: 10_000 })
    expect(await contradictions(server, project_id)).toEqual([])
  })

  test('who opens a task under the session’s name of somebody before them has no time of before', async () => {
    const { p, project_id, labeler, held } = await labelling()
    const task = { project_id, task_id: held.task_id, session_id: 'always-the-same' }
    await labeler.api.open_task(task)
    await passTime(server, 3_600_000)
    await expireLeases(server, project_id)
    const next = await p.member('labeler', 'next')
    await operate(p.manager.api, project_id, 'assign', { person_id: next.id }, [task.task_id])
    const { opened } = await next.api.claim_task({ ...task, kind: 'label' })
    const beat = { ...task, generation: opened?.generation as number, increments: beats(...Array(30).fill(60_000)) }
    expect((await next.api.heartbeat(beat)).accepted_ms).toBeLessThan(5000)
  })

  test('invented time is cut to the wall time, a minute at once is refused beyond', async () => {
    const { labeler, held } = await labelling()
    const many = Array.from({ length: 100 }, (_, i) => ({ sequence: i, ms: 60_000 }))
    const { accepted_ms } = await labeler.api.heartbeat({ ...held, increments: many })
    expect(accepted_ms).toBeLessThan(5000)
    await passTime(server, 90_000)
    const later = await labeler.api.heartbeat({
      ...held,
      increments: many.map((i) => ({ ...i, sequence: i.sequence + 100 })),
    })
    expect(later.accepted_ms).toBeGreaterThanOrEqual(90_000)
    expect(later.accepted_ms).toBeLessThan(95_000)
    for (const ms of [60_001, -1, 0.5])
      await expect(labeler.api.heartbeat({ ...held, increments: beats(ms) })).rejects.toMatchObject({
        status: 400,
        code: 'invalid_input',
      })
    await expect(
      labeler.api.heartbeat({ ...held, increments: [{ sequence: 3_000_000_000, ms: 5 }] }),
    ).rejects.toMatchObject({
      status: 400,
      code: 'invalid_input',
    })
  })

  test('two tabs on two tasks never count twice', async () => {
    const p = await server.project()
    const { project_id } = p
    const ids = await p.tasks(2, { stage_id: p.stage('label') })
    const { api } = await p.member('reviewer')
    const tabs = [await openIt(api, project_id, ids[0] as number), await openIt(api, project_id, ids[1] as number)]
    await passTime(server, 10_000)
    const answers = await Promise.all(tabs.map((tab) => api.heartbeat({ ...tab, increments: beats(10_000) })))
    const sum = answers.reduce((total, a) => total + a.accepted_ms, 0)
    expect(sum).toBeGreaterThanOrEqual(10_000)
    expect(sum).toBeLessThan(12_000)
  })

  test('in review they are told apart from annotation', async () => {
    const { p, project_id, labeler, held } = await labelling()
    await labeler.api.submit_task(held)
    const reviewer = await p.member('reviewer')
    const review = await claim(reviewer.api, project_id, 'review')
    await passTime(server, 10_000)
    expect(await reviewer.api.heartbeat({ ...review, increments: beats(5000) })).toMatchObject({
      duration_ms: 0,
      review_ms: 5000,
    })
    expect(await rowOf(server, project_id, held.task_id)).toMatchObject({ duration_ms: 0, review_ms: 5000 })
  })

  test('keep the lease; after the task was handed on they are refused', async () => {
    const { labeler, held } = await labelling(1, { lease_timeout_s: 60 })
    const { expires_at } = await labeler.api.heartbeat({ ...held, increments: [] })
    expect(Date.parse(expires_at) - Date.now()).toBeGreaterThan(55_000)
    expect(Date.parse(expires_at) - Date.now()).toBeLessThanOrEqual(60_000)
    await labeler.api.submit_task(held)
    await expect(labeler.api.heartbeat({ ...held, increments: [] })).rejects.toMatchObject({
      status: 409,
      code: 'no_lease',
    })
  })

  test('of an older generation are 409 and say who moved the task', async () => {
    const { p, project_id, labeler, held } = await labelling()
    await operate(p.manager.api, project_id, 'change-status', { stage_id: p.stage('completed'), open: 'take_over' }, [
      held.task_id,
    ])
    await passTime(server, 10_000)
    await expect(labeler.api.heartbeat({ ...held, increments: beats(5000) })).rejects.toMatchObject({
      status: 409,
      code: 'stale_generation',
      fields: { moved_by: 'Manager', moved_at: expect.any(String) },
    })
    expect(await rowOf(server, project_id, held.task_id)).toMatchObject({ duration_ms: 0 })
  })
})

describe('a lease', () => {
  test('that ran out ends, the assignment stays, and the next save renews it', async () => {
    const { p, project_id, labeler, held } = await labelling(1, { lease_timeout_s: 60 })
    await expireLeases(server, project_id)
    const { task } = await p.manager.api.get_task({ project_id, task_id: held.task_id })
    expect(task).toMatchObject({ lease: null, assignee_id: labeler.id })
    const other = await p.member('labeler', 'other')
    const nothing = await other.api.claim_task({ project_id, kind: 'label', session_id: session() })
    expect(nothing).toMatchObject({ task_id: null, empty: { in_stage: 1, assigned_to_others: 1, open_by_others: 0 } })
    await labeler.api.save_document({ ...held, document: boxes('a') })
    expect((await p.manager.api.get_task({ project_id, task_id: held.task_id })).task.lease).toMatchObject({
      person_id: labeler.id,
    })
  })

  test('is one tab’s: the older tab is told, and a manager cannot open it', async () => {
    const { p, project_id, labeler, held } = await labelling()
    const second = await labeler.api.claim_task({ project_id, kind: 'label', session_id: session() })
    expect(second).toMatchObject({ task_id: held.task_id, source: 'open' })
    for (const write of [
      () => labeler.api.save_document({ ...held, document: boxes('a') }),
      () => labeler.api.submit_task(held),
      () => labeler.api.release_task(held),
      () => labeler.api.skip_task({ ...held, reason: 'ambiguous' }),
    ])
      await expect(write()).rejects.toMatchObject({ status: 409, code: 'no_lease' })
    await expect(openIt(p.manager.api, project_id, held.task_id)).rejects.toMatchObject({
      status: 409,
      code: 'task_taken',
    })
  })

  test('given back by release: the task stays mine and comes first again', async () => {
    const { p, project_id, labeler, held } = await labelling(3)
    await labeler.api.release_task(held)
    expect((await p.manager.api.get_task({ project_id, task_id: held.task_id })).task).toMatchObject({
      lease: null,
      assignee_id: labeler.id,
    })
    await expect(labeler.api.release_task({ ...held, generation: 99 })).rejects.toMatchObject({
      code: 'stale_generation',
    })
    const again = await labeler.api.claim_task({ project_id, kind: 'label', session_id: session() })
    expect(again).toMatchObject({ task_id: held.task_id, source: 'assigned' })
  })

  test('another person’s session id is no key', async () => {
    const { p, labeler, held } = await labelling()
    const thief = await p.member('reviewer')
    await expect(thief.api.save_document({ ...held, document: boxes('x') })).rejects.toMatchObject({
      status: 409,
      code: 'task_taken',
    })
    await expect(thief.api.submit_task(held)).rejects.toMatchObject({ code: 'task_taken' })
    const other = await p.member('labeler', 'other')
    await expect(other.api.submit_task(held)).rejects.toMatchObject({ status: 409 })
    await labeler.api.submit_task(held)
  })
})

describe('saving', () => {
  test('counts objects and classes, keeps authorship, and replaces nothing in place', async () => {
    const { p, project_id, labeler, held } = await labelling()
    const document = { objects: [box('a'), box('b', 2), box('c', 2)], global_attributes: {} }
    await labeler.api.save_document({ ...held, document })
    expect(await rowOf(server, project_id, held.task_id)).toMatchObject({
      object_count: 3,
      class_counts: { 1: 1, 2: 2 },
    })
    await labeler.api.submit_task(held)
    const reviewer = await p.member('reviewer')
    const review = await claim(reviewer.api, project_id, 'review')
    await reviewer.api.save_document({
      ...review,
      document: { ...document, objects: [...document.objects.map((o) => ({ ...o, author_id: 999 })), box('d')] },
    })
    const saved = await p.manager.api.get_task({ project_id, task_id: held.task_id })
    expect(saved.document.objects.map((o) => o.author_id)).toEqual([labeler.id, labeler.id, labeler.id, reviewer.id])
    expect(await contradictions(server, project_id)).toEqual([])
  })

  test('what does not fit the schema is refused and changes nothing', async () => {
    const { project_id, labeler, held } = await labelling()
    await labeler.api.save_document({ ...held, document: boxes('a') })
    const before = await rowOf(server, project_id, held.task_id)
    for (const objects of [
      [box('a'), box('a')],
      [box('a', 7)],
      [{ ...box('a'), shape: { type: 'point' as const, x: 1, y: 1 } }],
    ])
      await expect(
        labeler.api.save_document({ ...held, document: { objects, global_attributes: {} } }),
      ).rejects.toMatchObject({
        status: 400,
        message: expect.stringContaining('document.objects['),
      })
    expect(await rowOf(server, project_id, held.task_id)).toEqual(before)
  })

  test('too late: 409 with the mover, the work kept as a draft that its author and managers can read', async () => {
    const { p, project_id, labeler, held } = await labelling()
    const { task_id } = held
    await labeler.api.save_document({ ...held, document: boxes('a') })
    await operate(p.manager.api, project_id, 'change-status', { stage_id: p.stage('prepare'), open: 'take_over' }, [
      task_id,
    ])
    const before = await rowOf(server, project_id, task_id)

    const late = await labeler.api.save_document({ ...held, document: boxes('a', 'b', 'c') }).catch((e) => e)
    expect(late).toMatchObject({
      status: 409,
      code: 'stale_generation',
      fields: { moved_by: 'Manager', draft_id: expect.any(Number) },
    })
    expect(late.message).toContain('Manager')
    // Nothing of the task but its timeline.
    expect(await rowOf(server, project_id, task_id)).toEqual({ ...before, event_count: before.event_count + 1 })

    const at = { project_id, task_id, draft_id: late.fields.draft_id }
    expect((await labeler.api.get_draft(at)).document.objects.map((o) => o.id)).toEqual(['a', 'b', 'c'])
    expect((await p.manager.api.get_draft(at)).document.objects).toHaveLength(3)
    for (const other of [await p.member('labeler', 'other'), await p.member('reviewer')])
      await expect(other.api.get_draft(at)).rejects.toMatchObject({ status: 404 })

    // A newer late save takes the place of the older draft; another session's stays.
    const second = await labeler.api.save_document({ ...held, document: boxes('z') }).catch((e) => e)
    await expect(labeler.api.get_draft(at)).rejects.toMatchObject({ status: 404 })
    await operate(p.manager.api, project_id, 'change-status', { stage_id: p.stage('label') }, [task_id])
    const opened = await labeler.api.open_task({ project_id, task_id, session_id: session() })
    expect(opened.drafts).toEqual([expect.objectContaining({ id: second.fields.draft_id, object_count: 1 })])
  })

  test('what two take-overs kept are two drafts, though a program calls all its sessions alike', async () => {
    const { p, project_id, labeler, held } = await labelling()
    const { task_id, session_id } = held
    const takenOver = async (generation: number, ...objects: string[]) => {
      const move = (kind: 'prepare' | 'label') =>
        operate(p.manager.api, project_id, 'change-status', { stage_id: p.stage(kind), open: 'take_over' }, [task_id])
      await move('prepare')
      const save = { project_id, task_id, session_id, generation, document: boxes(...objects) }
      const late = await labeler.api.save_document(save).catch((e) => e)
      expect(late).toMatchObject({ status: 409, code: 'stale_generation' })
      await move('label')
      return late.fields.draft_id as number
    }
    const first = await takenOver(held.generation, 'a', 'b')
    const again = await labeler.api.open_task({ project_id, task_id, session_id })
    const second = await takenOver(again.generation, 'c')
    const { drafts } = await labeler.api.open_task({ project_id, task_id, session_id })
    expect(drafts.map((d) => [d.id, d.object_count])).toEqual([
      [second, 1],
      [first, 2],
    ])
    const { events } = await labeler.api.get_task_history({ project_id, task_id })
    expect(events.filter((e) => e.kind === 'draft_kept')).toHaveLength(2)
  })

  test('too late: told is who took the task away, not who set something of it afterwards', async () => {
    const { p, project_id, labeler, held } = await labelling()
    const { task_id } = held
    await operate(p.manager.api, project_id, 'change-status', { stage_id: p.stage('prepare'), open: 'take_over' }, [
      task_id,
    ])
    const bob = await p.member('manager', 'Bob')
    await operate(bob.api, project_id, 'set-priority', { priority: 7 }, [task_id])
    const late = { status: 409, code: 'stale_generation', fields: { moved_by: 'Manager' } }
    await expect(labeler.api.save_document({ ...held, document: boxes('a') })).rejects.toMatchObject(late)
  })

  test('too late: told is who took the role away, not who moved the task long before', async () => {
    const p = await server.project()
    const { project_id } = p
    const [task_id = 0] = await p.tasks(1, { stage_id: p.stage('label') })
    await operate(p.manager.api, project_id, 'change-status', { stage_id: p.stage('review') }, [task_id])
    const reviewer = await p.member('reviewer')
    const held = await claim(reviewer.api, project_id, 'review')
    const bob = await p.member('manager', 'Bob')
    await bob.api.set_project_member({ project_id, person_id: reviewer.id, role: 'labeler' })
    const late = { status: 409, code: 'stale_generation', fields: { moved_by: 'Bob' } }
    await expect(reviewer.api.save_document({ ...held, document: boxes('a') })).rejects.toMatchObject(late)
  })

  test('too late: the timeline says so once, the manager brings the work back, and what stood there is kept in turn', async () => {
    const { p, project_id, labeler, held } = await labelling()
    const { task_id } = held
    await labeler.api.save_document({ ...held, document: boxes('a') })
    const moved = await operate(
      p.manager.api,
      project_id,
      'change-status',
      { stage_id: p.stage('prepare'), open: 'take_over' },
      [task_id],
    )
    for (const document of [boxes('a', 'b'), boxes('a', 'b', 'c')])
      await expect(labeler.api.save_document({ ...held, document })).rejects.toMatchObject({ code: 'stale_generation' })
    const kept = async () => (await p.manager.api.get_task_history({ project_id, task_id })).events.filter((e) => e.kind === 'draft_kept') // biome-ignore format: one expression
    expect(await kept()).toMatchObject([{ after: { object_count: 2 }, actor_id: labeler.id }])
    await expect(labeler.api.list_drafts({ project_id, task_id })).rejects.toMatchObject({ status: 403 })
    const { drafts } = await p.manager.api.list_drafts({ project_id, task_id })
    expect(drafts).toMatchObject([{ author_id: labeler.id, author_name: 'Labeler', object_count: 3 }])
    // A draft stands in nobody's way.
    expect(await p.manager.api.undo_operation({ project_id, operation_id: moved.id })).toMatchObject({ applied: 1 })
    expect(await rowOf(server, project_id, task_id)).toMatchObject({ stage_id: p.stage('label'), object_count: 1 })

    const draft = { project_id, task_id, draft_id: drafts[0]?.id ?? 0 }
    expect(await p.manager.api.restore_draft(draft)).toMatchObject({ object_count: 3 })
    const { document, task } = await p.manager.api.get_task({ project_id, task_id })
    expect(document.objects.map((o) => [o.id, o.author_id])).toEqual(['a', 'b', 'c'].map((id) => [id, labeler.id]))
    expect(task).toMatchObject({ object_count: 3, class_counts: { 1: 3 }, labelled_by_id: labeler.id })
    await expect(p.manager.api.restore_draft(draft)).rejects.toMatchObject({ status: 404 })
    const [before] = (await p.manager.api.list_drafts({ project_id, task_id })).drafts
    expect(before).toMatchObject({ author_id: labeler.id, object_count: 1 })
    expect(await contradictions(server, project_id)).toEqual([])

    const again = await openIt(labeler.api, project_id, task_id)
    await expect(p.manager.api.restore_draft({ ...draft, draft_id: before?.id ?? 0 })).rejects.toMatchObject({
      status: 409,
      code: 'task_taken',
    })
    await labeler.api.save_document({ ...again, document: boxes('a', 'b', 'c', 'd') })
  })

  test('with a stale generation by who never opened it leaves no draft', async () => {
    const { p, labeler, held } = await labelling()
    const other = await p.member('labeler', 'other')
    await expect(other.api.save_document({ ...held, generation: 99, document: boxes('a') })).rejects.toMatchObject({
      status: 409,
      code: 'stale_generation',
    })
    const drafts = await server.app.db
      .selectFrom('annotation_revision')
      .selectAll()
      .where('kind', '=', 'draft')
      .where('task_id', '=', held.task_id)
      .execute()
    expect(drafts).toEqual([])
    await labeler.api.submit_task(held)
  })

  test('priority, split and batch may change under an open editor', async () => {
    const { p, project_id, labeler, held } = await labelling()
    const { id: batch_id } = await server.owner.create_batch({ project_id, name: 'Now' })
    for (const [name, params] of [
      ['set-priority', { priority: 9 }],
      ['set-batch', { batch_id }],
      ['set-split', { kind: 'manual', split: 'test' }],
    ] as const)
      expect(await operate(p.manager.api, project_id, name, params, [held.task_id])).toMatchObject({ applied: 1 })
    await labeler.api.save_document({ ...held, document: boxes('a') })
    await labeler.api.submit_task(held)
    expect(await rowOf(server, project_id, held.task_id)).toMatchObject({
      priority: 9,
      split: 'test',
      batch_id,
      object_count: 1,
    })
  })

  test('a bulk move against a saving editor: one of them is told, nothing is half done', async () => {
    const p = await server.project()
    const { project_id } = p
    await p.tasks(12, { stage_id: p.stage('label') })
    const editors: { api: typeof p.manager.api; held: Held }[] = []
    for (let i = 0; i < 12; i++) {
      const { api } = await p.member('labeler', `saver ${i}`)
      editors.push({ api, held: await claim(api, project_id) })
    }
    const saves = editors.map(({ api, held }) =>
      api.save_document({ ...held, document: boxes('a', 'b') }).then(
        () => 'saved',
        (e) => e.code,
      ),
    )
    const params = { stage_id: p.stage('prepare'), remove_annotations: true, open: 'take_over' }
    const moved = operate(
      p.manager.api,
      project_id,
      'change-status',
      params,
      editors.map((e) => e.held.task_id),
    )
    const answers = await Promise.all(saves)
    expect(await moved).toMatchObject({ applied: 12 })
    for (const [i, { held }] of editors.entries()) {
      expect(['saved', 'stale_generation']).toContain(answers[i])
      expect(await rowOf(server, project_id, held.task_id)).toMatchObject({
        stage_id: p.stage('prepare'),
        object_count: 0,
        revision_id: null,
      })
    }
    expect(await contradictions(server, project_id)).toEqual([])
  })
})

test('whose task left the project’s members’ hands: an assigned task of a gone person blocks nobody', async () => {
  const p = await server.project()
  const { project_id } = p
  const [task_id = 0] = await p.tasks(1, { stage_id: p.stage('label') })
  await arrange(server, project_id, new Map([[task_id, { assignee_id: 987_654 }]]))
  const { api } = await p.member('labeler')
  expect(await api.claim_task({ project_id, kind: 'label', session_id: session() })).toMatchObject({
    task_id: null,
    empty: { assigned_to_others: 1 },
  })
  await operate(p.manager.api, project_id, 'assign', { person_id: null }, [task_id])
  expect((await claim(api, project_id)).task_id).toBe(task_id)
})
