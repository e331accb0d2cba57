// The durable frame of operations: keys, selections, confirmation, steps, cancel, failure, undo of a part.
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { selectionSql } from '../tasks/filter-queries.ts'
import { contradictions } from '../tasks/test-queries.ts'
import { arrange, boxes, claim, crowd, openIt, operate, rowOf, rowsOf } from '../tasks/test-work.ts'
import { type TestServer, testServer } from '../testing.ts'
import { continueOperations } from './continue.ts'
import { freeze } from './part-queries.ts'
import { everything } from './test-queries.ts'
import { eventsOfOperation, finished, restorable } from './test-set.ts'

let server: TestServer
let address: string
beforeAll(async () => {
  server = await testServer({ PIXLHUB_SMALL_OPERATION: '10', PIXLHUB_STEP: '5' })
  address = await server.server.listen({ host: '127.0.0.1', port: 0 })
})
afterAll(() => server.close())

const priority = (n: number) => ({ name: 'set-priority', params: { priority: n } })

test('a small operation of more parts than a step takes is done whole', async () => {
  const many = await testServer({ PIXLHUB_SMALL_OPERATION: '1500', PIXLHUB_STEP: '1' })
  try {
    const p = await many.project()
    const ids = await p.tasks(1001)
    const started = await operate(p.manager.api, p.project_id, 'set-priority', { priority: 5 }, ids)
    expect(started).toMatchObject({ state: 'done', total: 1001, applied: 1001 })
    const undo = await p.manager.api.undo_operation({ project_id: p.project_id, operation_id: started.id })
    expect(undo).toMatchObject({ state: 'done', total: 1001, applied: 1001 })
    expect((await rowsOf(many, p.project_id)).every((t) => t.priority === 0)).toBe(true)
  } finally {
    await many.close()
  }
})

describe('idempotency keys', () => {
  test('the same request replayed gives the same operation, and changes nothing', async () => {
    const p = await server.project()
    const { project_id } = p
    const ids = await p.tasks(3)
    const request = { project_id, ...priority(5), selection: { ids }, key: 'one-key-1' }
    const first = await p.manager.api.run_operation(request)
    const before = await everything(server, project_id)
    // The order of fields is no other request.
    const again = await p.manager.api.run_operation({
      key: 'one-key-1',
      selection: { ids },
      params: { priority: 5 },
      name: 'set-priority',
      project_id,
    })
    expect(again.id).toBe(first.id)
    expect(await everything(server, project_id)).toEqual(before)
  })

  test('another request with the key is refused; another person may use the same key', async () => {
    const p = await server.project()
    const { project_id } = p
    const ids = await p.tasks(3)
    await p.manager.api.run_operation({ project_id, ...priority(5), selection: { ids }, key: 'one-key-2' })
    for (const other of [
      { ...priority(6), selection: { ids } },
      { ...priority(5), selection: { ids: ids.slice(1) } },
    ])
      await expect(p.manager.api.run_operation({ project_id, ...other, key: 'one-key-2' })).rejects.toMatchObject({
        status: 409,
        code: 'key_reused',
      })
    expect((await rowsOf(server, project_id)).map((t) => t.priority)).toEqual([5, 5, 5])
    expect(
      await server.owner.run_operation({ project_id, ...priority(6), selection: { ids }, key: 'one-key-2' }),
    ).toMatchObject({ applied: 3 })
  })

  test.each([3, 23])('20 posts of one key at once over %i tasks are one operation', async (count) => {
    const p = await server.project()
    const { project_id } = p
    const ids = await p.tasks(count)
    const [manager] = await crowd(server, address, project_id, 'manager', 1)
    const request = { project_id, ...priority(5), selection: { ids }, key: 'one-key-3' }
    const answers = await Promise.all(Array.from({ length: 20 }, () => manager?.api.run_operation(request)))
    expect(new Set(answers.map((a) => a?.id)).size).toBe(1)
    expect(await finished(p.manager.api, project_id, answers[0]?.id as number)).toMatchObject({
      applied: count,
      total: count,
    })
    expect((await rowsOf(server, project_id)).map((t) => t.version)).toEqual(ids.map(() => 2))
    expect(await p.manager.api.list_operations({ project_id })).toHaveLength(1)
  })
})

describe('selections', () => {
  test('what is missing, empty, of another project or silently everything does nothing', async () => {
    const p = await server.project()
    const { project_id } = p
    const ids = await p.tasks(3)
    const elsewhere = await (await server.project()).tasks(1)
    const before = await everything(server, project_id)
    const cases: [unknown, number, string][] = [
      [undefined, 400, 'invalid_input'],
      [{}, 400, 'invalid_input'],
      [{ ids: [] }, 400, 'invalid_input'],
      [{ ids: [ids[0], ids[0]] }, 400, 'invalid_input'],
      [{ ids, all: true }, 400, 'invalid_input'],
      [{ filter: { conditions: [] } }, 400, 'empty_selection'],
      [{ filter: { conditions: [] }, all: false }, 400, 'empty_selection'],
      [{ all: true }, 400, 'invalid_input'],
      [{ filter: { conditions: [] }, except: ids, all: true }, 400, 'empty_selection'],
      [
        { filter: { conditions: [{ field: 'name', op: 'contains', value: 'nothing has this' }] } },
        400,
        'empty_selection',
      ],
      [{ filter: { conditions: [{ field: 'name', op: 'between', value: [1, 2] }] } }, 400, 'unknown_field'],
      [{ ids: [...ids, ...elsewhere] }, 404, 'not_found'],
      [{ ids: elsewhere }, 400, 'empty_selection'],
      [{ ids: [999_999_999] }, 400, 'empty_selection'],
    ]
    for (const [selection, status, code] of cases) {
      const at = { project_id, ...priority(9), selection: selection as never }
      await expect(p.manager.api.run_operation({ ...at, key: randomUUID() }), JSON.stringify(selection)).rejects.toMatchObject({
        status, code, message: expect.stringMatching(/selection|filter/),
      }) // biome-ignore format: one line
      await expect(p.manager.api.preview_operation(at), JSON.stringify(selection)).rejects.toMatchObject({
        status,
        code,
      })
    }
    expect(await everything(server, project_id)).toEqual(before)
  })

  test('a filter with exceptions hits what it lists, and later arrivals are untouched', async () => {
    const p = await server.project()
    const { project_id } = p
    const ids = await p.tasks(12)
    const selection = { filter: { conditions: [] }, all: true, except: ids.slice(0, 2) }
    const started = await p.manager.api.run_operation({ project_id, ...priority(9), selection, key: randomUUID() })
    const [late = 0] = await p.tasks(1)
    await finished(p.manager.api, project_id, started.id)
    const rows = await rowsOf(server, project_id)
    expect(
      rows
        .filter((t) => t.priority === 0)
        .map((t) => t.id)
        .sort(),
    ).toEqual([...ids.slice(0, 2), late].sort())
  })

  test('filter changed between preview and confirm: nothing happens and the new number is told', async () => {
    const p = await server.project()
    const { project_id } = p
    await p.tasks(4)
    const at = { project_id, ...priority(9), selection: { filter: { conditions: [] }, all: true } }
    const { total } = await p.manager.api.preview_operation(at)
    await p.tasks(1)
    const before = await everything(server, project_id)
    await expect(p.manager.api.run_operation({ ...at, expected_count: total, key: 'changed-1' })).rejects.toMatchObject(
      {
        status: 409,
        code: 'selection_changed',
        fields: { total: 5 },
      },
    )
    expect(await everything(server, project_id)).toEqual(before)
    // The key is still free for the confirmed request.
    expect(await p.manager.api.run_operation({ ...at, expected_count: 5, key: 'changed-1' })).toMatchObject({
      applied: 5,
    })
  })
})

test('parameters that do not fit are refused before anything, with the field’s name', async () => {
  const p = await server.project()
  const { project_id } = p
  const ids = await p.tasks(2)
  const before = await everything(server, project_id)
  const cases: [string, unknown, string][] = [
    ['no-such-thing', {}, 'name'],
    ['undo', { operation_id: 1 }, 'name'],
    ['import-annotations', { import_id: 1, classes: [] }, 'name'],
    ['set-priority', {}, 'priority'],
    ['set-priority', { priority: 1001 }, 'params.priority'],
    ['set-priority', { priority: 1.5 }, 'params.priority'],
    ['set-priority', { priority: 1, extra: 1 }, 'extra'],
    ['set-priority', [], 'params'],
    ['set-priority', null, 'priority'],
    ['change-status', { stage_id: 99 }, 'params.stage_id'],
    ['change-status', { stage_id: p.stage('label'), remove_annotations: 'yes' }, 'params.remove_annotations'],
    ['change-status', { stage_id: p.stage('label'), open: 'steal' }, 'params.open'],
    ['change-status', { stage_id: p.stage('label'), comment: 'a\u0000' }, 'comment'],
    ['set-batch', { batch_id: 12_345 }, 'params.batch_id'],
    ['assign', { person_id: 12_345 }, 'params.person_id'],
    ['assign', {}, 'person_id'],
    ['set-split', { kind: 'manual' }, 'split'],
    ['set-split', { kind: 'manual', split: 'dev' }, 'params.split'],
    ['restore', { all: true }, 'all'],
  ]
  for (const [name, params, named] of cases)
    for (const run of [
      () => p.manager.api.run_operation({ project_id, name, params, selection: { ids }, key: randomUUID() }),
      () => p.manager.api.preview_operation({ project_id, name, params, selection: { ids } }),
    ])
      await expect(run(), `${name} ${JSON.stringify(params)}`).rejects.toMatchObject({
        status: 400,
        code: 'invalid_input',
        message: expect.stringContaining(named),
      })
  expect(await everything(server, project_id)).toEqual(before)
})

describe('cancel, undo, failure', () => {
  /** Forty steps: on the embedded database whatever is asked gets its turn after a few of them. */
  const LARGE = 200

  /** A large operation that on a server stands still until it is let go. */
  async function halfway(count = LARGE) {
    const p = await server.project()
    const { project_id } = p
    const ids = await p.tasks(count, { stage_id: p.stage('label') })
    const before = await rowsOf(server, project_id)
    // Somebody holds a task of the third step, so the operation waits there.
    let letGo: () => void = () => {}
    const held = new Promise<void>((resolve) => {
      letGo = resolve
    })
    const isServer = Boolean(process.env.DATABASE_URL)
    const holding = isServer
      ? server.app.db.transaction().execute(async (tx) => {
          await sql`select 1 from task where project_id = ${project_id} and id = ${ids[12]} for update`.execute(tx)
          await held
        })
      : Promise.resolve()
    if (isServer) await new Promise((resolve) => setTimeout(resolve, 50))
    const started = await p.manager.api.run_operation({
      project_id,
      ...priority(7),
      selection: { ids },
      key: randomUUID(),
    })
    const release = async () => {
      letGo()
      await holding
    }
    return { p, project_id, ids, before, started, letGo: release }
  }

  test('a large one answers at once with the running operation, and is done in steps', async () => {
    const { p, project_id, started, letGo } = await halfway()
    expect(started).toMatchObject({ state: 'running', total: LARGE, is_undoable: false })
    const inState = async (state: 'running' | 'done') =>
      (await p.manager.api.list_operations({ project_id, state })).map((o) => o.id)
    expect([await inState('running'), await inState('done')]).toEqual([[started.id], []])
    await letGo()
    expect(await finished(p.manager.api, project_id, started.id)).toMatchObject({ state: 'done', applied: LARGE })
    expect([await inState('running'), await inState('done')]).toEqual([[], [started.id]])
    const moments = new Set((await eventsOfOperation(server, project_id, started.id)).map((e) => e.at))
    expect(moments.size).toBeGreaterThan(1)
  })

  test('a large one does not delay a small one that came after it', async () => {
    const p = await server.project()
    const { project_id } = p
    const ids = await p.tasks(200)
    const run = (chosen: number[], n: number, key: string) =>
      p.manager.api.run_operation({ project_id, ...priority(n), selection: { ids: chosen }, key })
    const large = await run(ids, 5, 'large-first')
    const small = await run(ids.slice(0, 11), 6, 'small-second')
    const api = p.manager.api
    const [first, second] = [await finished(api, project_id, large.id), await finished(api, project_id, small.id)]
    expect([first.applied, second.applied]).toEqual([200, 11])
    expect(Date.parse(second.finished_at as string)).toBeLessThan(Date.parse(first.finished_at as string))
  })

  test('cancelled half-way, it stops after its step; undo restores what was applied', async () => {
    const { p, project_id, before, started, letGo } = await halfway()
    const cancelling = await p.manager.api.cancel_operation({ project_id, operation_id: started.id })
    expect(cancelling.state === 'cancelled' || cancelling.cancel_requested).toBe(true)
    await letGo()
    const cancelled = await finished(p.manager.api, project_id, started.id)
    expect(cancelled.state).toBe('cancelled')
    expect(cancelled.applied).toBeLessThan(LARGE)
    expect(cancelled.applied % 5).toBe(0)
    expect((await rowsOf(server, project_id)).filter((t) => t.priority === 7)).toHaveLength(cancelled.applied)
    await expect(p.manager.api.cancel_operation({ project_id, operation_id: started.id })).rejects.toMatchObject({
      status: 409,
      code: 'already_finished',
    })
    const { results } = await p.manager.api.list_operation_results({ project_id, operation_id: started.id })
    expect(results.filter((r) => r.outcome === null)).toHaveLength(LARGE - cancelled.applied)
    if (cancelled.applied > 0) {
      const undo = await p.manager.api.undo_operation({ project_id, operation_id: started.id })
      expect(await finished(p.manager.api, project_id, undo.id)).toMatchObject({ applied: cancelled.applied })
    }
    expect(restorable(await rowsOf(server, project_id))).toEqual(restorable(before))
  })

  test('a step that fails again and again ends the operation as failed, and others go on', async () => {
    const p = await server.project()
    const { project_id } = p
    const ids = await p.tasks(12)
    const broken = {
      project_id,
      name: 'change-status',
      params: JSON.stringify({ stage_id: 77 }),
      selection: JSON.stringify({ ids }),
      key: 'broken-1',
    }
    const row = {
      ...broken,
      actor_kind: 'person' as const,
      actor_id: p.manager.id,
      state: 'running' as const,
      total: 12,
      undoes_id: null,
      undone_by_id: null,
      error: null,
      finished_at: null,
    }
    const { id } = await server.app.db.transaction().execute(async (tx) => {
      const inserted = await tx.insertInto('operation').values(row).returning('id').executeTakeFirstOrThrow()
      await freeze(tx, project_id, inserted.id, selectionSql(project_id, { ids }), null, 1000)
      return inserted
    })
    const noise = console.error
    console.error = () => {}
    for (let i = 0; i < 10; i++) await continueOperations(server.app).catch(() => {})
    console.error = noise
    const failed = await finished(p.manager.api, project_id, id)
    expect(failed).toMatchObject({ state: 'failed', applied: 0, is_undoable: false })
    expect(failed.error).not.toContain('stage 77')
    const other = await p.manager.api.run_operation({
      project_id,
      ...priority(4),
      selection: { ids },
      key: randomUUID(),
    })
    expect(await finished(p.manager.api, project_id, other.id)).toMatchObject({ state: 'done', applied: 12 })
  })

  test('undo after a partial change restores the others and lists what was changed since', async () => {
    const p = await server.project()
    const { project_id } = p
    const ids = await p.tasks(6)
    const before = await rowsOf(server, project_id)
    const moved = await operate(p.manager.api, project_id, 'change-status', { stage_id: p.stage('label') }, ids)
    const labeler = await p.member('labeler')
    const held = await claim(labeler.api, project_id)
    await labeler.api.save_document({ ...held, document: boxes('a') })
    await operate(p.manager.api, project_id, 'set-priority', { priority: 2 }, [ids[3] as number])

    const undo = await p.manager.api.undo_operation({ project_id, operation_id: moved.id })
    expect(undo).toMatchObject({ applied: 4, refused: 2, unchanged: 0 })
    const { results } = await p.manager.api.list_operation_results({
      project_id,
      operation_id: undo.id,
      outcome: 'refused',
    })
    expect(results.map((r) => [r.task_id, r.reason])).toEqual(
      [
        [held.task_id, 'changed_since'],
        [ids[3], 'changed_since'],
      ].sort(),
    )
    const after = await rowsOf(server, project_id)
    for (const [i, row] of after.entries())
      if (row.id !== held.task_id && row.id !== ids[3])
        expect(restorable([row])).toEqual(restorable([before[i] as never]))
    expect(await rowOf(server, project_id, held.task_id)).toMatchObject({ object_count: 1, assignee_id: labeler.id })
    expect(await contradictions(server, project_id)).toEqual([])
  })

  test('two undos at once are one; undo of the undo is redo; the timeline tells each', async () => {
    const p = await server.project()
    const { project_id } = p
    const ids = await p.tasks(4)
    const [manager] = await crowd(server, address, project_id, 'manager', 1)
    const { id: operation_id } = await operate(p.manager.api, project_id, 'set-priority', { priority: 6 }, ids)
    const tries = await Promise.allSettled(
      Array.from({ length: 5 }, () => manager?.api.undo_operation({ project_id, operation_id })),
    )
    const done = tries.flatMap((t) => (t.status === 'fulfilled' && t.value ? [t.value] : []))
    expect(done).toHaveLength(1)
    for (const t of tries)
      if (t.status === 'rejected') expect(t.reason).toMatchObject({ status: 409, code: 'not_undoable' })
    expect((await rowsOf(server, project_id)).map((t) => t.priority)).toEqual([0, 0, 0, 0])
    await p.manager.api.undo_operation({ project_id, operation_id: done[0]?.id as number })
    expect((await rowsOf(server, project_id)).map((t) => t.priority)).toEqual([6, 6, 6, 6])
    const { events } = await p.manager.api.get_task_history({ project_id, task_id: ids[0] as number })
    expect(events.map((e) => [e.kind, e.operation_name])).toEqual([
      ['undone', 'Undo'],
      ['undone', 'Undo'],
      ['priority_set', 'Set priority'],
      ['created', null],
    ])
    expect(events[1]).toMatchObject({ before: { priority: 6 }, after: { priority: 0 } })
  })

  test('undo leaves out what is open where that would disturb, and may be tried again', async () => {
    const p = await server.project()
    const { project_id } = p
    const [task_id = 0] = await p.tasks(1, { stage_id: p.stage('label') })
    const labeler = await p.member('labeler')
    const held = await claim(labeler.api, project_id)
    const params = { stage_id: p.stage('review'), open: 'take_over' }
    const moved = await operate(p.manager.api, project_id, 'change-status', params, [task_id])
    // Open again since, without a change: the lease alone.
    await server.app.db
      .insertInto('task_lease')
      .values({
        ...held,
        person_id: p.manager.id,
        opened_at: new Date().toISOString(),
        expires_at: new Date(Date.now() + 60_000).toISOString(),
      })
      .execute()
    const tried = await p.manager.api.undo_operation({ project_id, operation_id: moved.id })
    expect(tried).toMatchObject({ applied: 0, refused: 1 })
    await server.app.db.deleteFrom('task_lease').where('project_id', '=', project_id).execute()
    expect(await p.manager.api.undo_operation({ project_id, operation_id: moved.id })).toMatchObject({ applied: 1 })
  })

  test('undo gives nothing back to who left the project', async () => {
    const p = await server.project()
    const { project_id } = p
    const [task_id = 0] = await p.tasks(1, { stage_id: p.stage('label') })
    const leaver = await p.member('labeler', 'leaver')
    await openIt(p.manager.api, project_id, task_id).then((h) => p.manager.api.release_task(h))
    await operate(p.manager.api, project_id, 'assign', { person_id: leaver.id }, [task_id])
    const cleaned = await operate(
      p.manager.api,
      project_id,
      'change-status',
      { stage_id: p.stage('label'), remove_assignees: true },
      [task_id],
    )
    await server.owner.remove_project_member({ project_id, person_id: leaver.id })
    expect(await p.manager.api.undo_operation({ project_id, operation_id: cleaned.id })).toMatchObject({ applied: 1 })
    expect((await rowOf(server, project_id, task_id)).assignee_id).toBeNull()
    const labeler = await p.member('labeler')
    expect((await claim(labeler.api, project_id)).task_id).toBe(task_id)
  })

  test('undo restores what only remembered who left the project: to the pool, or to who still works there', async () => {
    const p = await server.project()
    const { project_id } = p
    const ids = await p.tasks(6, { stage_id: p.stage('label') })
    const [ann, bob] = [await p.member('reviewer', 'Ann'), await p.member('labeler', 'Bob')]
    await operate(p.manager.api, project_id, 'assign', { person_id: ann.id }, ids.slice(0, 4))
    await operate(p.manager.api, project_id, 'assign', { person_id: bob.id }, ids.slice(4))
    // Remembered for a stage that comes later.
    const remembered = { stage_assignees: { [p.stage('label')]: bob.id, [p.stage('review')]: ann.id } }
    await arrange(server, project_id, new Map(ids.slice(4).map((id) => [id, remembered])))
    const moved = await operate(p.manager.api, project_id, 'change-status', { stage_id: p.stage('completed') }, ids)
    await server.owner.remove_project_member({ project_id, person_id: ann.id })
    const undo = await p.manager.api.undo_operation({ project_id, operation_id: moved.id })
    expect(undo).toMatchObject({ applied: 6, refused: 0 })
    const label = { stage_id: p.stage('label') }
    const rows = await rowsOf(server, project_id)
    for (const row of rows.slice(0, 4)) expect(row).toMatchObject({ ...label, assignee_id: null, stage_assignees: {} })
    for (const row of rows.slice(4))
      expect(row).toMatchObject({ ...label, assignee_id: bob.id, stage_assignees: { [p.stage('label')]: bob.id } })
    expect(await contradictions(server, project_id)).toEqual([])
  })

  test('after 30 days there is no undo', async () => {
    const p = await server.project()
    const { project_id } = p
    const ids = await p.tasks(1)
    const { id } = await operate(p.manager.api, project_id, 'set-priority', { priority: 6 }, ids)
    await sql`update operation set created_at = now() - interval '31 days' where project_id = ${project_id}`.execute(
      server.app.db,
    )
    expect(await p.manager.api.get_operation({ project_id, operation_id: id })).toMatchObject({ is_undoable: false })
    await expect(p.manager.api.undo_operation({ project_id, operation_id: id })).rejects.toMatchObject({
      status: 409,
      code: 'not_undoable',
    })
  })

  test('an operation of another project is not found', async () => {
    const p = await server.project()
    const { id: operation_id } = await operate(
      p.manager.api,
      p.project_id,
      'set-priority',
      { priority: 6 },
      await p.tasks(1),
    )
    const { project_id, manager } = await server.project()
    for (const call of ['get_operation', 'undo_operation', 'cancel_operation', 'list_operation_results'] as const)
      await expect(manager.api[call]({ project_id, operation_id })).rejects.toMatchObject({
        status: 404,
        code: 'not_found',
      })
  })
})

test('the results as CSV: one line a task, names that look like formulas are defused', async () => {
  const p = await server.project()
  const { project_id } = p
  const ids = await p.tasks(2, { prefix: '=cmd' })
  const { id } = await operate(p.manager.api, project_id, 'set-priority', { priority: 6 }, ids)
  const reply = await server.inject({
    method: 'GET',
    url: `/api/projects/${project_id}/operations/${id}/results.csv`,
    headers: { cookie: `pixlhub_session=${p.manager.cookie}` },
  })
  const lines = reply.body.trim().split('\n')
  expect(lines[0]).toBe('task_id,name,outcome,reason,person')
  expect(lines).toHaveLength(3)
  expect(lines[1]).toContain("'=cmd")
})

test('steps of two operations over the same tasks, at once, lose nothing', async () => {
  const p = await server.project()
  const { project_id } = p
  const ids = await p.tasks(40, { stage_id: p.stage('label') })
  const backwards = [...ids].reverse()
  const [a, b] = await Promise.all([
    p.manager.api.run_operation({ project_id, ...priority(8), selection: { ids }, key: randomUUID() }),
    p.manager.api.run_operation({
      project_id,
      name: 'change-status',
      params: { stage_id: p.stage('review') },
      selection: { ids: backwards },
      key: randomUUID(),
    }),
  ])
  for (const { id } of [a, b])
    expect(await finished(p.manager.api, project_id, id)).toMatchObject({ state: 'done', applied: 40 })
  expect(
    (await rowsOf(server, project_id)).every(
      (t) => t.priority === 8 && t.stage_id === p.stage('review') && t.version === 3,
    ),
  ).toBe(true)
  expect(await contradictions(server, project_id)).toEqual([])
})
