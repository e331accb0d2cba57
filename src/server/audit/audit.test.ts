// The audit log: complete, in one order, whatever a cleanup hides.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AuditEntry } from '../../contract/audit.ts'
import { urlOf } from '../../contract/client.ts'
import { boxes, claim, operate } from '../tasks/test-work.ts'
import { type TestProject, type TestServer, testServer } from '../testing.ts'

let server: TestServer
beforeAll(async () => {
  server = await testServer()
})
afterAll(() => server.close())

type Filter = Omit<Parameters<TestServer['owner']['list_audit']>[0], 'project_id'>

/** Walks all pages. */
async function all(p: TestProject, filter: Filter = {}, limit = 3): Promise<AuditEntry[]> {
  const found: AuditEntry[] = []
  let cursor: string | null = null
  do {
    const more: { cursor?: string } = cursor === null ? {} : { cursor }
    const page = await p.manager.api.list_audit({ project_id: p.project_id, limit, ...filter, ...more })
    expect(page.entries.length).toBeLessThanOrEqual(limit)
    found.push(...page.entries)
    cursor = page.next_cursor
  } while (cursor !== null)
  return found
}
const word = (e: AuditEntry) => e.event?.kind ?? e.operation?.name ?? e.type
const words = async (p: TestProject, filter: Filter = {}) => (await all(p, filter)).map(word)

/** A labeler draws and submits one of three tasks, a manager sets priorities, and then clears everything. */
async function story() {
  const p = await server.project()
  const { project_id } = p
  const ids = await p.tasks(3, { stage_id: p.stage('label'), prefix: 'street' })
  const labeler = await p.member('labeler', `labeler-${project_id}`)
  const held = await claim(labeler.api, project_id)
  await labeler.api.save_document({ ...held, document: boxes('a', 'b') })
  const { generation: _, ...holder } = held
  await labeler.api.submit_task({ ...holder, generation: held.generation })
  const priority = await operate(p.manager.api, project_id, 'set-priority', { priority: 5 }, ids)
  const cleanups = { remove_annotations: true, remove_assignees: true, remove_history: true, remove_duration: true }
  await operate(p.manager.api, project_id, 'change-status', { stage_id: p.stage('label'), ...cleanups }, ids)
  const raised = await operate(p.manager.api, project_id, 'set-priority', { priority: 9 }, ids)
  const undo = await p.manager.api.undo_operation({ project_id, operation_id: raised.id })
  return { ...p, ids, labeler, task_id: held.task_id, priority, raised, undo }
}

test('newest first: steps of single people one by one, a bulk operation as one entry with its counts', async () => {
  const p = await story()
  const log = await all(p)
  expect(log.map(word)).toEqual([
    'undo',
    'set-priority',
    'change-status',
    'set-priority',
    'submitted',
    'opened',
    'assigned',
  ])
  expect(log[1]).toMatchObject({
    type: 'operation',
    actor_name: 'Manager',
    operation: { id: p.raised.id, title: 'Set priority', applied: 3, undone_by_id: p.undo.id },
  })
  expect(log[4]).toMatchObject({
    type: 'event',
    actor_id: p.labeler.id,
    task: { id: p.task_id, name: 'street-000001.jpg' },
  })
})

test('what “Remove stage history” hid from the timeline stands in the log', async () => {
  const p = await story()
  const timeline = await p.manager.api.get_task_history({ project_id: p.project_id, task_id: p.task_id })
  expect(timeline.events.map((e) => e.kind)).not.toContain('submitted')
  expect(await words(p)).toContain('submitted')
  expect(await words(p, { task: 'street-000001' })).toEqual(expect.arrayContaining(['submitted', 'opened', 'created']))
})

test('an operation opens up into what it did to each task', async () => {
  const p = await story()
  const { project_id } = p
  const found: number[] = []
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page: Awaited<ReturnType<typeof p.manager.api.list_operation_events>> =
      await p.manager.api.list_operation_events({
        project_id,
        operation_id: p.priority.id,
        limit: 2,
        ...(cursor ? { cursor } : {}),
      })
    for (const { task, event } of page.events) {
      expect(event).toMatchObject({ kind: 'priority_set', operation_id: p.priority.id, after: { priority: 5 } })
      found.push(task.id)
    }
    cursor = page.next_cursor
  }
  expect(found).toEqual(p.ids)
  await expect(
    p.manager.api.list_operation_events({ project_id, operation_id: p.priority.id + 9999 }),
  ).rejects.toMatchObject({ status: 404 })
})

describe('filters', () => {
  test('by kind, person, operation, time, task', async () => {
    const p = await story()
    expect(await words(p, { kind: 'submitted' })).toEqual(['submitted'])
    expect(await words(p, { kind: 'operation' })).toEqual(['undo', 'set-priority', 'change-status', 'set-priority'])
    // A kind that operations write finds the operation; a cleanup only where it was chosen.
    expect(await words(p, { kind: 'annotations_removed' })).toEqual(['change-status'])
    expect(await words(p, { kind: 'priority_set' })).toEqual(['set-priority', 'set-priority'])
    expect(await words(p, { kind: 'split_set' })).toEqual([])
    expect(await words(p, { person_id: p.labeler.id })).toEqual(['submitted', 'opened', 'assigned'])
    expect(await words(p, { person_id: p.labeler.id, kind: 'opened' })).toEqual(['opened'])
    expect(await words(p, { operation_id: p.raised.id })).toEqual(['undo', 'set-priority'])
    const log = await all(p)
    const submitted = log.find((e) => e.event?.kind === 'submitted') as AuditEntry
    expect(await words(p, { to: submitted.at })).toEqual(['submitted', 'opened', 'assigned'])
    expect(await words(p, { from: submitted.at })).toEqual([
      'undo',
      'set-priority',
      'change-status',
      'set-priority',
      'submitted',
    ])
    const untouched = await all(p, { task: 'STREET-000003' })
    expect(new Set(untouched.map((e) => e.task?.id))).toEqual(new Set([p.ids[2]]))
    expect(await all(p, { task: 'no such name' })).toEqual([])
    expect(await words(p, { task: 'street', kind: 'submitted' })).toEqual(['submitted'])
  })

  test('a name that too many tasks have is searched in part, and said so', async () => {
    const p = await server.project()
    await p.tasks(51, { prefix: 'common' })
    const asked = { project_id: p.project_id, task: 'common' }
    expect((await p.manager.api.list_audit(asked)).is_task_cut).toBe(true)
    expect((await p.manager.api.list_audit({ ...asked, task: 'common-00000' })).is_task_cut).toBe(false)
  })

  test('what is no moment, and what is no cursor, is told', async () => {
    const p = await server.project()
    for (const from of ['yesterday', '9999-99-99', '2026', '0001-01-01T00:00:00Z'])
      await expect(p.manager.api.list_audit({ project_id: p.project_id, from })).rejects.toMatchObject({
        code: 'invalid_input',
        message: expect.stringContaining('from'),
      })
    const broken = Buffer.from('["2026-13-41T99:00:00.000Z",3,1,1]').toString('base64url')
    for (const cursor of ['x', broken])
      await expect(p.manager.api.list_audit({ project_id: p.project_id, cursor })).rejects.toMatchObject({
        code: 'invalid_cursor',
      })
  })
})

test('imports and exports stand among the rest', async () => {
  const p = await server.project()
  const { project_id } = p
  const { id: import_id } = await p.manager.api.create_import({ project_id, kind: 'images', source: 'Monday' })
  const ids = await p.tasks(2)
  const exported = await p.manager.api.create_export({
    project_id,
    format: 'coco',
    selection: { ids },
    with_images: false,
  })
  const log = await all(p)
  expect(log.map((e) => e.export?.id ?? e.import?.id)).toEqual([exported.id, import_id])
  expect(log).toMatchObject([
    { export: { format: 'coco', task_count: 2 }, actor_name: 'Manager' },
    { import: { kind: 'images', source: 'Monday' } },
  ])
  expect(await words(p, { kind: 'export' })).toEqual(['export'])
  expect(await words(p, { kind: 'created' })).toEqual(['import'])
})

test('entries of the same millisecond come once each, however the pages are cut', async () => {
  const p = await server.project()
  const { project_id } = p
  const ids = await p.tasks(4)
  const moments = ['2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00.001Z']
  const rows = ids.flatMap((task_id) =>
    Array.from({ length: 10 }, (_, i) => ({
      project_id,
      task_id,
      number: 100 + i,
      kind: i % 3 === 0 ? ('opened' as const) : ('submitted' as const),
      at: moments[i % 2] as string,
      actor_id: null,
      actor_kind: 'system' as const,
      operation_id: null,
      before: null,
      after: null,
      note: null,
    })),
  )
  await server.app.db.insertInto('task_event').values(rows).execute()
  for (const at of moments) {
    const done = {
      name: 'set-priority',
      params: '{}',
      selection: '{"ids":[1]}',
      state: 'done',
      total: 0,
      created_at: at,
    } as const
    const none = {
      key: null,
      actor_id: null,
      actor_kind: 'system',
      undoes_id: null,
      undone_by_id: null,
      error: null,
      finished_at: at,
    } as const
    await server.app.db
      .insertInto('operation')
      .values({ project_id, ...done, ...none })
      .execute()
  }
  const key = (e: AuditEntry) => [e.at, e.type, e.task?.id ?? e.operation?.id, e.event?.number ?? 0].join()
  const whole = (await all(p, {}, 500)).map(key)
  expect(new Set(whole).size).toBe(42)
  expect([...whole].map((k) => k.split(',')[0])).toEqual(
    [...whole]
      .map((k) => k.split(',')[0])
      .sort()
      .reverse(),
  )
  for (const limit of [1, 5, 7, 41]) expect((await all(p, {}, limit)).map(key)).toEqual(whole)
})

test('the CSV holds the filtered log, and no formula', async () => {
  const p = await story()
  const { project_id } = p
  const csv = async (filter: Filter) => {
    const url = urlOf('download_audit', { project_id, ...filter })
    const reply = await server.inject({
      method: 'GET',
      url,
      headers: { cookie: `pixlhub_session=${p.manager.cookie}` },
    })
    expect(reply.headers['content-type']).toBe('text/csv; charset=utf-8')
    return reply.body.trim().split('\n')
  }
  const [head, ...lines] = await csv({})
  expect(head).toBe(
    'at,what,actor,actor_kind,task_id,task_name,operation_id,before,after,note,total,applied,unchanged,refused',
  )
  expect(lines.map((l) => l.split(',')[1])).toEqual(await words(p))
  expect(await csv({ kind: 'submitted' })).toHaveLength(2)
})

describe('a long history', () => {
  test('comes in pages, and its filters leave none out', async () => {
    const p = await server.project()
    const { project_id } = p
    const [task_id = 0] = await p.tasks(1)
    const rows = Array.from({ length: 250 }, (_, i) => ({
      project_id,
      task_id,
      number: i + 2,
      kind: i % 5 === 0 ? ('priority_set' as const) : ('opened' as const),
      at: new Date(Date.parse('2026-01-01') + i).toISOString(),
      actor_id: i % 2 === 0 ? p.manager.id : null,
      actor_kind: i % 2 === 0 ? ('person' as const) : ('system' as const),
      operation_id: null,
      before: null,
      after: null,
      note: null,
    }))
    await server.app.db.insertInto('task_event').values(rows).execute()
    const walk = async (filter: object) => {
      const numbers: number[] = []
      for (let before: number | null = null; ; ) {
        const page: Awaited<ReturnType<typeof p.manager.api.get_task_history>> = await p.manager.api.get_task_history({
          project_id,
          task_id,
          limit: 60,
          ...filter,
          ...(before === null ? {} : { before }),
        })
        expect(page.actors).toEqual([{ id: p.manager.id, name: 'Manager' }])
        numbers.push(...page.events.map((e) => e.number))
        before = page.next_before
        if (before === null) return numbers
      }
    }
    const newest = (fits: (i: number) => boolean) =>
      rows
        .filter((_, i) => fits(i))
        .map((r) => r.number)
        .reverse()
    expect(await walk({})).toEqual([...newest(() => true), 1])
    expect(await walk({ group: 'data' })).toEqual(newest((i) => i % 5 === 0))
    expect(await walk({ person_id: p.manager.id })).toEqual(newest((i) => i % 2 === 0))
    expect(await walk({ person_id: p.manager.id, group: 'work' })).toEqual(newest((i) => i % 2 === 0 && i % 5 !== 0))
  })

  test('a bulk event is found under everything that it changed', async () => {
    const p = await server.project()
    const { project_id } = p
    const [task_id = 0] = await p.tasks(1)
    const { id: operation_id } = await operate(p.manager.api, project_id, 'set-priority', { priority: 1 }, [task_id])
    const [before, after] = [
      { stage_id: 3, assignee_id: 8, object_count: 4 },
      { stage_id: 2, assignee_id: null, object_count: 0 },
    ]
    const moved = {
      kind: 'status_changed' as const,
      at: '2026-01-01T00:00:00.000Z',
      actor_id: null,
      actor_kind: 'system' as const,
      note: null,
    }
    await server.app.db
      .insertInto('task_event')
      .values({
        project_id,
        task_id,
        number: 50,
        operation_id,
        before: before as never,
        after: after as never,
        ...moved,
      })
      .execute()
    const numbers = async (group: 'work' | 'status' | 'people' | 'data') =>
      (await p.manager.api.get_task_history({ project_id, task_id, group })).events.map((e) => e.number)
    expect(await numbers('status')).toContain(50)
    expect(await numbers('people')).toEqual([50])
    expect(await numbers('data')).toContain(50)
    expect(await numbers('work')).toEqual([])
  })
})
