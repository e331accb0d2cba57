// Change status as domain.md 4.1 says it: each cleanup alone and together, open editors, confirmation, the preview.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TaskRow } from '../../model/task.ts'
import { contradictions, passTime } from '../tasks/test-queries.ts'
import { arrange, box, boxes, claim, openIt, operate, rowOf, rowsOf, session } from '../tasks/test-work.ts'
import { type TestServer, TWO_CLASSES, testServer } from '../testing.ts'
import { everything } from './test-queries.ts'
import { eventsOfOperation, restorable, testSet } from './test-set.ts'

let server: TestServer
beforeAll(async () => {
  server = await testServer()
})
afterAll(() => server.close())

/** A task with a life behind it: labelled twice, rejected once, with time, people of two stages, now in review. */
async function lived() {
  const p = await server.project()
  const { project_id } = p
  const [task_id = 0] = await p.tasks(1, { stage_id: p.stage('label') })
  const [labeler, reviewer] = [await p.member('labeler'), await p.member('reviewer')]
  let held = await claim(labeler.api, project_id)
  await passTime(server, 20_000)
  await labeler.api.heartbeat({ ...held, increments: [{ sequence: 1, ms: 8000 }] })
  await labeler.api.save_document({ ...held, document: boxes('a', 'b') })
  await labeler.api.submit_task(held)
  const review = await claim(reviewer.api, project_id, 'review')
  await passTime(server, 20_000)
  await reviewer.api.heartbeat({ ...review, increments: [{ sequence: 1, ms: 3000 }] })
  await reviewer.api.reject_task({ ...review, comment: 'Tighter' })
  held = await claim(labeler.api, project_id)
  await labeler.api.submit_task(held)
  await operate(p.manager.api, project_id, 'set-split', { kind: 'manual', split: 'test' }, [task_id])
  const before = await rowOf(server, project_id, task_id)
  expect(before).toMatchObject({
    assignee_id: reviewer.id,
    object_count: 2,
    duration_ms: 8000,
    review_ms: 3000,
    times_returned: 1,
  })
  const change = (params: object) =>
    operate(p.manager.api, project_id, 'change-status', { stage_id: p.stage('review'), ...params }, [task_id])
  const timeline = async () => (await p.manager.api.get_task_history({ project_id, task_id })).events
  return {
    p,
    project_id,
    task_id,
    labeler,
    reviewer,
    before,
    change,
    timeline,
    row: () => rowOf(server, project_id, task_id),
  }
}

/** The columns that differ, stamps of change left out. */
function changed(before: TaskRow, after: TaskRow): string[] {
  const [a, b] = restorable([before, after]) as unknown as [Record<string, unknown>, Record<string, unknown>]
  return Object.keys(a)
    .filter((key) => JSON.stringify(a[key]) !== JSON.stringify(b[key]))
    .sort()
}

test('a comment stands with the cleanups where no task moves', async () => {
  const { change, timeline } = await lived()
  await change({ remove_duration: true, comment: 'Timed wrongly' })
  expect((await timeline())[0]).toMatchObject({ kind: 'duration_reset', note: 'Timed wrongly' })
})

describe('cleanups where the task stands already: each takes its own and nothing else', () => {
  test('annotations: no objects, no global values; the revision is kept', async () => {
    const { p, project_id, task_id, before, change, row, timeline } = await lived()
    await change({ remove_annotations: true })
    expect(changed(before, await row())).toEqual(['class_counts', 'object_count', 'revision_id'])
    const { document } = await p.manager.api.get_task({ project_id, task_id })
    expect(document).toEqual({ objects: [], global_attributes: {} })
    expect((await timeline())[0]).toMatchObject({
      kind: 'annotations_removed',
      before: { object_count: 2 },
      after: { object_count: 0 },
    })
  })

  test('assignees: of all stages; the pool gets it; authorship and who labelled stay; the queue time too', async () => {
    const { p, project_id, task_id, labeler, before, change, row } = await lived()
    await change({ remove_assignees: true })
    expect(changed(before, await row())).toEqual(['assignee_id', 'stage_assignees'])
    const other = await p.member('reviewer', 'other reviewer')
    expect(await other.api.claim_task({ project_id, kind: 'review', session_id: session() })).toMatchObject({
      task_id,
      source: 'pool',
    })
    const { document } = await p.manager.api.get_task({ project_id, task_id })
    expect(document.objects.map((o) => o.author_id)).toEqual([labeler.id, labeler.id])
  })

  test('history cleared, audit intact: one entry and what follows; marks and counts restart', async () => {
    const { p, project_id, task_id, labeler, reviewer, before, change, row, timeline } = await lived()
    const full = (await p.manager.api.get_task_audit({ project_id, task_id })).events
    await change({ remove_history: true })
    expect(changed(before, await row())).toEqual(['history_floor', 'times_returned'])
    expect(await timeline()).toMatchObject([
      { kind: 'history_cleared', after: { entries: full.length }, actor_name: 'Manager' },
    ])
    expect((await p.manager.api.get_task_history({ project_id, task_id })).hidden_count).toBe(full.length)
    const audit = (await p.manager.api.get_task_audit({ project_id, task_id })).events
    expect(audit.slice(1)).toEqual(full)
    for (const { api } of [labeler, reviewer])
      await expect(api.get_task_audit({ project_id, task_id })).rejects.toMatchObject({ status: 403 })
  })

  test('duration: 0 for all people and stages; older rows stay in the ledger; later time counts anew', async () => {
    const { p, project_id, task_id, reviewer, before, change, row, timeline } = await lived()
    await change({ remove_duration: true })
    expect(changed(before, await row())).toEqual(['duration_floor', 'duration_ms', 'review_ms'])
    expect((await p.manager.api.get_task_time({ project_id, task_id })).entries).toEqual([])
    expect((await timeline())[0]).toMatchObject({
      kind: 'duration_reset',
      before: { duration_ms: 8000, review_ms: 3000 },
    })
    const ledger = await server.app.db
      .selectFrom('time_entry')
      .select('ms')
      .where('project_id', '=', project_id)
      .execute()
    expect(ledger).toHaveLength(2)
    const review = await claim(reviewer.api, project_id, 'review')
    await passTime(server, 20_000)
    await reviewer.api.heartbeat({ ...review, increments: [{ sequence: 1, ms: 500 }] })
    expect((await p.manager.api.get_task_time({ project_id, task_id })).entries).toMatchObject([
      { person_id: reviewer.id, kind: 'review', ms: 500 },
    ])
    expect(await contradictions(server, project_id)).toEqual([])
  })

  test('all four with a move: the timeline shows exactly this operation, in order; split and exports stay', async () => {
    const { p, project_id, before, change, row, timeline } = await lived()
    await change({
      stage_id: p.stage('label'),
      remove_annotations: true,
      remove_assignees: true,
      remove_history: true,
      remove_duration: true,
      comment: 'Afresh',
    })
    const after = await row()
    expect(after).toMatchObject({
      stage_id: p.stage('label'),
      assignee_id: null,
      stage_assignees: {},
      object_count: 0,
      duration_ms: 0,
      review_ms: 0,
      split: 'test',
      is_returned: false,
      times_returned: 0,
    })
    expect(after.queued_at).not.toBe(before.queued_at)
    const events = await timeline()
    expect(events.map((e) => e.kind).reverse()).toEqual([
      'history_cleared',
      'annotations_removed',
      'unassigned',
      'duration_reset',
      'status_changed',
    ])
    expect(new Set(events.map((e) => e.operation_id)).size).toBe(1)
    expect(events[0]?.note).toBe('Afresh')
    expect(await contradictions(server, project_id)).toEqual([])
  })

  test('no cleanup and already there: unchanged, no event, not a byte', async () => {
    const { project_id, change } = await lived()
    const tables = ['task', 'queue_entry', 'task_event'] as const
    const before = await everything(server, project_id)
    const operation = await change({ comment: 'Nothing to do' })
    expect(operation).toMatchObject({ applied: 0, unchanged: 1 })
    const after = await everything(server, project_id)
    for (const table of tables) expect(after[table]).toEqual(before[table])
    expect(await eventsOfOperation(server, project_id, operation.id)).toEqual([])
  })
})

describe('moves', () => {
  test('mixed statuses in one go; who stands there already is unchanged and keeps its queue time', async () => {
    const set = await testSet(server)
    const { project_id, ids } = set
    const before = await rowsOf(server, project_id)
    const operation = await operate(set.manager.api, project_id, 'change-status', { stage_id: set.stage('label') }, ids)
    // 6 stand in Label: two skipped, one open, one archived among them. Nothing is to be done there.
    expect(operation).toMatchObject({ applied: 6, unchanged: 6, refused: 0 })
    const after = await rowsOf(server, project_id)
    for (const [i, t] of after.entries()) {
      expect(t.stage_id).toBe(before[i]?.stage_id === set.stage('label') ? before[i]?.stage_id : set.stage('label'))
      if (before[i]?.stage_id === set.stage('label')) expect(t).toEqual(before[i])
    }
  })

  test('keep the remembered person of the stage, who alone is offered it; a move clears the skip', async () => {
    const { p, project_id, task_id, labeler, change, row } = await lived()
    await change({ stage_id: p.stage('label') })
    expect(await row()).toMatchObject({ assignee_id: labeler.id, is_returned: false })
    const held = await claim(labeler.api, project_id)
    await labeler.api.skip_task({ ...held, reason: 'ambiguous' })
    await change({ stage_id: p.stage('prepare') })
    expect(await row()).toMatchObject({ is_skipped: false, skip_reason: null, skipped_by_id: null, queued_at: null })
    expect(task_id).toBe(held.task_id)
  })

  test('clear_skip alone: offered again where it stands', async () => {
    const p = await server.project()
    const { project_id } = p
    const [task_id = 0] = await p.tasks(1, { stage_id: p.stage('label') })
    const { api } = await p.member('labeler')
    await api.skip_task({ ...(await claim(api, project_id)), reason: 'ambiguous' })
    const at = { stage_id: p.stage('label') }
    expect(await operate(p.manager.api, project_id, 'change-status', at, [task_id])).toMatchObject({ unchanged: 1 })
    expect(
      await operate(p.manager.api, project_id, 'change-status', { ...at, clear_skip: true }, [task_id]),
    ).toMatchObject({ applied: 1 })
    expect(await rowOf(server, project_id, task_id)).toMatchObject({ is_skipped: false, stage_id: p.stage('label') })
    expect(await contradictions(server, project_id)).toEqual([])
  })

  test('clear_skip alone: the comment stands in the timeline, and so does what was said of the skip', async () => {
    const p = await server.project()
    const { project_id } = p
    const [task_id = 0] = await p.tasks(1, { stage_id: p.stage('label') })
    const { api } = await p.member('labeler')
    await api.skip_task({ ...(await claim(api, project_id)), reason: 'other', note: 'Too dark' })
    const params = { stage_id: p.stage('label'), clear_skip: true, comment: 'It is bright enough' }
    await operate(p.manager.api, project_id, 'change-status', params, [task_id])
    const { events } = await p.manager.api.get_task_history({ project_id, task_id })
    expect(events.find((e) => e.kind === 'skip_cleared')).toMatchObject({
      note: 'It is bright enough',
      before: { skip_reason: 'other', skip_note: 'Too dark' },
    })
  })

  test('reopening keeps the split and that it was exported; completing sets and reopening empties the moment', async () => {
    const { p, change, row, project_id, task_id } = await lived()
    await change({ stage_id: p.stage('completed') })
    expect(await row()).toMatchObject({ queued_at: null, assignee_id: null, completed_at: expect.any(String) })
    await arrange(server, project_id, new Map([[task_id, { exported_at: new Date().toISOString() }]]))
    await change({ stage_id: p.stage('label') })
    expect(await row()).toMatchObject({ completed_at: null, split: 'test', exported_at: expect.any(String) })
  })

  test('into review never to who labelled it', async () => {
    const { p, project_id, task_id, reviewer, change, row } = await lived()
    await change({ stage_id: p.stage('label'), remove_assignees: true })
    await operate(p.manager.api, project_id, 'assign', { person_id: reviewer.id }, [task_id])
    await change({ stage_id: p.stage('review') })
    await operate(p.manager.api, project_id, 'assign', { person_id: p.manager.id }, [task_id])
    await arrange(server, project_id, new Map([[task_id, { labelled_by_id: p.manager.id }]]))
    await change({ stage_id: p.stage('prepare') })
    await change({ stage_id: p.stage('review') })
    expect((await row()).assignee_id).toBeNull()
  })

  test('release: the timeline says so', async () => {
    const p = await server.project()
    const ids = await p.tasks(1)
    await operate(p.manager.api, p.project_id, 'change-status', { stage_id: p.stage('label') }, ids)
    const { events } = await p.manager.api.get_task_history({ project_id: p.project_id, task_id: ids[0] as number })
    expect(events.map((e) => e.kind)).toEqual(['released', 'created'])
  })
})

describe('tasks that are open in an editor', () => {
  async function openTask() {
    const p = await server.project()
    const { project_id } = p
    const [open = 0, closed = 0] = await p.tasks(2, { stage_id: p.stage('label') })
    const labeler = await p.member('labeler')
    const held = await claim(labeler.api, project_id)
    expect(held.task_id).toBe(open)
    return { p, project_id, open, closed, labeler, held }
  }

  test('leave out: refused with that person’s name, and the editor goes on', async () => {
    const { p, project_id, open, closed, labeler, held } = await openTask()
    const at = {
      project_id,
      name: 'change-status',
      params: { stage_id: p.stage('prepare') },
      selection: { ids: [open, closed] },
    }
    expect(await p.manager.api.preview_operation(at)).toMatchObject({
      refused: 1,
      open: [{ person_id: labeler.id, name: 'Labeler', total: 1 }],
      refusals: [{ reason: 'open_by_other', total: 1 }],
    })
    const operation = await p.manager.api.run_operation({ ...at, key: session() })
    const { results } = await p.manager.api.list_operation_results({
      project_id,
      operation_id: operation.id,
      outcome: 'refused',
    })
    expect(results).toMatchObject([{ task_id: open, reason: 'open_by_other', person_name: 'Labeler' }])
    await labeler.api.save_document({ ...held, document: boxes('a') })
    await labeler.api.submit_task(held)
  })

  test('take over: the next save is 409 with the mover, the draft is kept, the next task is offered', async () => {
    const { p, project_id, open, closed, labeler, held } = await openTask()
    await labeler.api.save_document({ ...held, document: boxes('a') })
    const params = { stage_id: p.stage('prepare'), open: 'take_over', remove_duration: true, remove_annotations: true }
    const operation = await operate(p.manager.api, project_id, 'change-status', params, [open])
    expect(operation).toMatchObject({ applied: 1, refused: 0 })
    const events = await eventsOfOperation(server, project_id, operation.id)
    expect(events[0]).toMatchObject({ kind: 'taken_over', before: { person_id: labeler.id } })
    for (const late of [
      () => labeler.api.save_document({ ...held, document: boxes('a', 'b') }),
      () => labeler.api.submit_task(held),
      () => labeler.api.skip_task({ ...held, reason: 'ambiguous' }),
      () => labeler.api.heartbeat({ ...held, increments: [{ sequence: 1, ms: 5000 }] }),
      () => labeler.api.release_task(held),
    ])
      await expect(late()).rejects.toMatchObject({
        status: 409,
        code: 'stale_generation',
        fields: { moved_by: 'Manager' },
      })
    expect(await rowOf(server, project_id, open)).toMatchObject({
      object_count: 0,
      duration_ms: 0,
      stage_id: p.stage('prepare'),
    })
    expect((await claim(labeler.api, project_id)).task_id).toBe(closed)
    // Undone, the saved objects are back; the draft is still there.
    await p.manager.api.undo_operation({ project_id, operation_id: operation.id })
    const drafts = await server.app.db
      .selectFrom('annotation_revision')
      .select('object_count')
      .where('kind', '=', 'draft')
      .where('project_id', '=', project_id)
      .execute()
    expect(drafts).toEqual([{ object_count: 2 }])
    expect(await rowOf(server, project_id, open)).toMatchObject({ object_count: 1, assignee_id: labeler.id })
  })

  test('duration reset while open: what was counted before is gone, what comes after is refused', async () => {
    const { p, project_id, open, labeler, held } = await openTask()
    await passTime(server, 30_000)
    await labeler.api.heartbeat({ ...held, increments: [{ sequence: 1, ms: 9000 }] })
    const params = { stage_id: p.stage('label'), remove_duration: true, open: 'take_over' }
    expect(await operate(p.manager.api, project_id, 'change-status', params, [open])).toMatchObject({ applied: 1 })
    await passTime(server, 30_000)
    await expect(labeler.api.heartbeat({ ...held, increments: [{ sequence: 2, ms: 9000 }] })).rejects.toMatchObject({
      code: 'stale_generation',
    })
    expect(await rowOf(server, project_id, open)).toMatchObject({ duration_ms: 0 })
    const again = await openIt(labeler.api, project_id, open)
    await passTime(server, 30_000)
    expect(await labeler.api.heartbeat({ ...again, increments: [{ sequence: 1, ms: 2000 }] })).toMatchObject({
      duration_ms: 2000,
    })
    expect(await contradictions(server, project_id)).toEqual([])
  })

  test('heartbeats race a duration reset: the ledger and the column agree', async () => {
    const p = await server.project()
    const { project_id } = p
    const ids = await p.tasks(8, { stage_id: p.stage('label') })
    const editors: { api: typeof p.manager.api; held: Awaited<ReturnType<typeof claim>> }[] = []
    for (const [i] of ids.entries()) {
      const { api } = await p.member('labeler', `beater ${i}`)
      editors.push({ api, held: await claim(api, project_id) })
    }
    await passTime(server, 60_000)
    const beat = (sequence: number) =>
      editors.map(({ api, held }) =>
        api.heartbeat({ ...held, increments: [{ sequence, ms: 1000 }] }).catch((e) => e.code),
      )
    const beats = [...beat(1), ...beat(2)]
    const params = { stage_id: p.stage('label'), remove_duration: true, open: 'take_over' }
    const reset = operate(p.manager.api, project_id, 'change-status', params, ids)
    await Promise.all([...beats, ...beat(3), reset])
    expect(await contradictions(server, project_id)).toEqual([])
  })
})

describe('what has to be typed', () => {
  async function withObjects(count: number, completed: boolean) {
    const p = await server.project()
    const ids = await p.tasks(1, { stage_id: p.stage('label') })
    const { api } = await p.member('labeler')
    const held = await claim(api, p.project_id)
    await api.save_document({
      ...held,
      document: { objects: Array.from({ length: count }, (_, i) => box(`o${i}`)), global_attributes: {} },
    })
    await api.submit_task(held)
    if (completed) await operate(p.manager.api, p.project_id, 'change-status', { stage_id: p.stage('completed') }, ids)
    const at = {
      project_id: p.project_id,
      name: 'change-status',
      params: { stage_id: p.stage('label'), remove_annotations: true },
      selection: { ids },
    }
    return { p, at, ids }
  }

  test.each([
    [1001, false, 1001],
    [1000, false, null],
    [2, true, 2],
    [2, false, null],
  ])('%i objects, completed %s → %s', async (count, completed, confirm) => {
    const { p, at } = await withObjects(count, completed)
    expect((await p.manager.api.preview_operation(at)).confirm).toBe(confirm)
    if (confirm !== null) {
      const before = await everything(server, at.project_id)
      for (const wrong of [undefined, 0, confirm - 1])
        await expect(
          p.manager.api.run_operation({ ...at, key: session(), ...(wrong === undefined ? {} : { confirm: wrong }) }),
        ).rejects.toMatchObject({ status: 409, code: 'confirmation_needed', fields: { confirm } })
      expect(await everything(server, at.project_id)).toEqual(before)
    }
    expect(
      await p.manager.api.run_operation({ ...at, key: session(), ...(confirm === null ? {} : { confirm }) }),
    ).toMatchObject({ applied: 1 })
  })
})

test('values of the whole image without objects are told and typed as a number of tasks', async () => {
  const weather = { id: 7, name: 'weather', type: 'text' as const, is_required: false, options: [], parent: null }
  const p = await server.project({ schema: { ...TWO_CLASSES, global_attributes: [weather] } })
  const { project_id } = p
  const ids = await p.tasks(5, { stage_id: p.stage('label') })
  const { api } = await p.member('labeler')
  const rain = { 7: 'rain' }
  for (const [objects, global_attributes] of [
    [[], rain],
    [[], rain],
    [[box('a')], rain],
    [[], {}],
  ] as const) {
    const held = await claim(api, project_id)
    await api.save_document({ ...held, document: { objects: [...objects], global_attributes } })
    await api.submit_task(held)
  }
  await operate(p.manager.api, project_id, 'change-status', { stage_id: p.stage('completed') }, ids)
  const params = { stage_id: p.stage('label'), remove_annotations: true }
  const of = (some: number[]) => ({ project_id, name: 'change-status', params, selection: { ids: some } })
  const without = (await rowsOf(server, project_id)).filter((t) => t.object_count === 0).map((t) => t.id)
  expect(await p.manager.api.preview_operation(of(without))).toMatchObject({
    loses: { objects: 0, image_values: 2 },
    confirm: 2,
    confirm_of: 'image_values',
  })
  expect(await p.manager.api.preview_operation(of(ids))).toMatchObject({
    loses: { objects: 1, image_values: 2 },
    confirm: 1,
    confirm_of: 'objects',
  })
  await expect(operate(p.manager.api, project_id, 'change-status', params, without)).rejects.toMatchObject({
    code: 'confirmation_needed',
    fields: { confirm: 2 },
  })
  expect(await operate(p.manager.api, project_id, 'change-status', params, without, { confirm: 2 })).toMatchObject({
    applied: 4,
  })
})

test('a task whose objects were all deleted again has no values of the whole image: nothing is to be typed', async () => {
  const p = await server.project()
  const { project_id } = p
  const ids = await p.tasks(1, { stage_id: p.stage('label') })
  const { api } = await p.member('labeler')
  const held = await claim(api, project_id)
  await api.save_document({ ...held, document: boxes('a') })
  await api.save_document({ ...held, document: boxes() })
  await api.submit_task(held)
  await operate(p.manager.api, project_id, 'change-status', { stage_id: p.stage('completed') }, ids)
  const params = { stage_id: p.stage('label'), remove_annotations: true }
  const preview = { project_id, name: 'change-status', params, selection: { ids } }
  expect(await p.manager.api.preview_operation(preview)).toMatchObject({ loses: { image_values: 0 }, confirm: null })
  expect(await operate(p.manager.api, project_id, 'change-status', params, ids)).toMatchObject({ applied: 1 })
})

test('the preview counts the people of all stages and the time of both kinds', async () => {
  const p = await server.project()
  const { project_id } = p
  const ids = await p.tasks(2, { stage_id: p.stage('completed') })
  const labeler = await p.member('labeler')
  await arrange(
    server,
    project_id,
    new Map([
      [ids[0] as number, { stage_assignees: { [p.stage('label')]: labeler.id }, duration_ms: 1000, review_ms: 4000 }],
    ]),
  )
  const params = { stage_id: p.stage('label'), remove_assignees: true, remove_duration: true }
  const preview = await p.manager.api.preview_operation({
    project_id,
    name: 'change-status',
    params,
    selection: { ids },
  })
  expect(preview.loses).toMatchObject({ assignees: 1, duration_ms: 5000 })
})

test('the preview tells everything the modal shows', async () => {
  const set = await testSet(server)
  const { project_id, ids } = set
  const params = {
    stage_id: set.stage('completed'),
    remove_assignees: true,
    remove_history: true,
    remove_duration: true,
  }
  const preview = await set.manager.api.preview_operation({
    project_id,
    name: 'change-status',
    params,
    selection: { ids },
  })
  expect(preview).toMatchObject({
    total: 12,
    applied: 11,
    unchanged: 0,
    refused: 1,
    skipped: 2,
    exported: 1,
    completed: 2,
    without_objects: 6,
    open: [{ total: 1 }],
  })
  const moves = (kind: 'prepare' | 'label' | 'review') =>
    preview.moves.find((m) => m.from_stage_id === set.stage(kind))?.total
  expect([moves('prepare'), moves('label'), moves('review')]).toEqual([2, 5, 2])
  expect(preview.loses).toMatchObject({ assignees: 3, objects: 0, duration_ms: (3 + 5 + 7 + 9) * 1100 })
  expect(preview.loses.events).toBe(11)
})
