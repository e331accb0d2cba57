// Filters against a plain model in memory: random conditions and groups over everything that can be asked, and what is
// wrong with a filter that comes from outside.
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Condition, conditionsOf, type Filter, type FilterItem, isGroup } from '../../model/filter.ts'
import { filterProblem } from '../../model/filter-problem.ts'
import type { EventKind, TaskRow } from '../../model/task.ts'
import { FIELD_OPERATORS, FILTER_FIELDS, FILTERABLE_NAMES, type FilterFieldName } from '../../model/task-fields.ts'
import { type TestProject, type TestServer, testServer } from '../testing.ts'
import { filterSql } from './filter-queries.ts'
import { type VariedTask, type VariedTasks, variedTasks } from './test-varied-tasks.ts'
import { claim, operate } from './test-work.ts'

let server: TestServer
let p: TestProject
let project_id: number
let tasks: readonly VariedTask[]
let varied: VariedTasks

beforeAll(async () => {
  server = await testServer()
  varied = await variedTasks(server)
  ;({ p, project_id, tasks } = varied)
})
afterAll(() => server.close())

/** Everything that can be asked, in every way. */
const WAYS = FILTERABLE_NAMES.flatMap((field) =>
  FIELD_OPERATORS[FILTER_FIELDS[field].type].map((op) => [field, op] as const),
)

const DEEDS: Partial<Record<FilterFieldName, EventKind>> = {
  labelled_ever_by: 'submitted',
  approved_by: 'approved',
  rejected_by: 'rejected',
  skipped_ever_by: 'skipped',
}

/** The values of a task that a condition is about: one for a column, any number for a fact. */
function valuesOf(t: VariedTask, c: Condition): unknown[] {
  const deed = DEEDS[c.field]
  if (deed) return t.events.filter((e) => e.kind === deed).map((e) => e.actor_id)
  switch (c.field) {
    case 'is_open':
      return [t.open_by_id !== null]
    case 'open_by_id':
      return t.open_by_id === null ? [] : [t.open_by_id]
    case 'changed_by_operation':
      return t.changed_by
    case 'moved_by_operation':
      return t.changed_by.filter((id) => t.events.some((e) => e.operation_id === id && e.moves))
    case 'metadata':
      return [t.metadata[(c.value as string[])[0] as string]].filter((v) => v !== undefined)
    case 'class_counts':
      return Object.keys(t.class_counts).map(Number)
    default: {
      const value = t[c.field as keyof TaskRow] as unknown
      const isEmpty = value === null || (FILTER_FIELDS[c.field].type === 'duration' && value === 0)
      return isEmpty && (c.op === 'is_empty' || c.op === 'is_not_empty' || value === null) ? [] : [value]
    }
  }
}

/** What a condition means, in plain words. */
function holds(t: VariedTask, c: Condition): boolean {
  const { type } = FILTER_FIELDS[c.field]
  const values = valuesOf(t, c)
  const given = [c.value ?? null].flat().slice(type === 'metadata' ? 1 : 0) as (string | number | boolean | null)[]
  const lower = (v: unknown) => (type === 'text' ? String(v).toLowerCase() : v)
  const isOne = given.some((v) => (v === null ? values.length === 0 : values.some((x) => lower(x) === lower(v))))
  const number = (v: unknown) => (type === 'moment' ? Date.parse(v as string) : Number(v))
  const isEmpty = values.length === 0 || values[0] === ''
  switch (c.op) {
    case 'equals':
    case 'any_of':
      return isOne
    case 'none_of':
      return !isOne
    case 'contains':
      return values.some((v) => String(v).toLowerCase().includes(String(given[0]).toLowerCase()))
    case 'is_empty':
      return type === 'metadata' ? values.length === 0 : isEmpty
    case 'is_not_empty':
      return type === 'metadata' ? values.length > 0 : !isEmpty
    case 'count_at_least':
      return (t.class_counts[String(given[0])] ?? 0) >= Number(given[1])
    case 'last_days':
      return values.some((v) => number(v) >= Date.now() - Number(c.value) * 86_400_000)
    case 'between': {
      const [from, to] = given
      if (from === null && to === null) return true
      return values.some(
        (v) => (from === null || number(v) >= number(from)) && (to === null || number(v) <= number(to)),
      )
    }
  }
}

function listed(filter: Filter): number[] {
  const withArchived = conditionsOf(filter).some((c) => c.field === 'is_archived')
  const fits = (t: VariedTask, item: FilterItem) => (isGroup(item) ? item.any.some((c) => holds(t, c)) : holds(t, item))
  return tasks
    .filter((t) => (withArchived || !t.is_archived) && filter.conditions.every((item) => fits(t, item)))
    .map((t) => t.id)
}

/** A value that often hits: taken from the tasks themselves. */
function valueFor(field: FilterFieldName, op: Condition['op']): fc.Arbitrary<unknown> {
  const { type } = FILTER_FIELDS[field]
  const key = fc.constantFrom('camera', "it's", 'nowhere')
  const text = fc.constantFrom(
    'front',
    'Front',
    'rear',
    'Front "wide" 100%',
    'a\\b',
    '',
    'x',
    'y',
    "'; drop table task",
  )
  if (op === 'is_empty' || op === 'is_not_empty') return type === 'metadata' ? fc.tuple(key) : fc.constant(undefined)
  if (type === 'metadata') {
    if (op === 'contains') return fc.tuple(key, fc.constantFrom('f', 'FRONT', '%', '\\', '"', '_'))
    if (op === 'equals') return fc.tuple(key, text)
    return fc.tuple(key, fc.array(text, { minLength: 1, maxLength: 3 })).map(([k, list]) => [k, ...list])
  }
  if (op === 'contains') return fc.constantFrom('a', 'CAT', '%', '_', '\\', '1', 'day1/', "'")
  if (op === 'count_at_least') return fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 0, max: 4 }))
  // Half days, so that no task stands on the border while the clock moves.
  if (op === 'last_days') return fc.integer({ min: 1, max: 60 }).map((d) => d + 0.37)
  const probe = { field, op, value: null } as Condition
  const some = [...new Set(tasks.flatMap((t) => valuesOf(t, probe)))]
  const one: fc.Arbitrary<unknown> =
    type === 'classes'
      ? fc.integer({ min: 0, max: 3 })
      : type === 'operation'
        ? fc.constantFrom(...varied.operations, 999)
        : type === 'text'
          ? fc.constantFrom(...some).map((v) => (String(v).length % 2 ? String(v).toUpperCase() : v))
          : fc.constantFrom(...some)
  const hasNone = ['person', 'people', 'split', 'batch', 'reason'].includes(type)
  const choice = hasNone ? fc.option(one, { freq: 4 }) : one
  if (op === 'between') {
    const beside = type === 'id' ? fc.constant(0) : fc.constantFrom(0, 0, 0.5, -0.4, 1e300, -1e300)
    const bound = fc.tuple(one, beside).map(([v, by]) => (typeof v === 'number' ? v + by : v))
    return fc.tuple(fc.option(bound), fc.option(bound))
  }
  return op === 'equals' ? choice : fc.array(choice, { minLength: 1, maxLength: 3 })
}

const condition = (field: FilterFieldName, op: Condition['op']): fc.Arbitrary<Condition> =>
  valueFor(field, op).map((value) => ({ field, op, ...(value === undefined ? {} : { value }) }) as Condition)
const anyCondition = (): fc.Arbitrary<Condition> =>
  fc
    .constantFrom(...FILTERABLE_NAMES)
    .chain((field) => fc.constantFrom(...FIELD_OPERATORS[FILTER_FIELDS[field].type]).map((op) => ({ field, op })))
    .chain(({ field, op }) => condition(field, op))

async function expectListed(filter: Filter): Promise<number> {
  expect(filterProblem(filter)).toBeNull()
  const expected = listed(filter)
  const query = { project_id, filter: JSON.stringify(filter) }
  const { tasks: found } = await p.manager.api.list_tasks({ ...query, sort: 'id', limit: 500 })
  expect(found.map((t) => t.id)).toEqual(expected)
  expect((await p.manager.api.count_tasks(query)).total).toBe(expected.length)
  return expected.length
}

describe('a filter lists and counts what the model lists', () => {
  test.each(WAYS)('%s %s', async (field, op) => {
    const numRuns = op === 'is_empty' || op === 'is_not_empty' ? 1 : 4
    await fc.assert(
      fc.asyncProperty(condition(field, op), async (c) => {
        await expectListed({ conditions: [c] })
      }),
      { numRuns },
    )
  })

  test('60 random filters with groups', async () => {
    const item = fc.oneof(
      anyCondition(),
      fc.array(anyCondition(), { minLength: 1, maxLength: 4 }).map((any) => ({ any })),
    )
    let hits = 0
    await fc.assert(
      fc.asyncProperty(fc.array(item, { minLength: 1, maxLength: 3 }), async (conditions) => {
        const total = await expectListed({ conditions })
        if (total > 0 && total < tasks.length) hits++
      }),
      { numRuns: 60 },
    )
    expect(hits).toBeGreaterThan(10)
  })

  test('the same, deep in an operation: what a selection changes is what the filter listed', async () => {
    const filter: Filter = {
      conditions: [
        {
          any: [
            { field: 'rejected_by', op: 'is_not_empty' },
            { field: 'metadata', op: 'equals', value: ['camera', 'rear'] },
          ],
        },
        { field: 'priority', op: 'none_of', value: [2] },
      ],
    }
    const expected = listed(filter)
    expect(expected.length).toBeGreaterThan(3)
    const [left] = expected
    const preview = await p.manager.api.preview_operation({
      project_id,
      name: 'set-split',
      params: { kind: 'manual', split: 'test' },
      selection: { filter, except: [left as number] },
    })
    expect(preview.total).toBe(expected.length - 1)
  })
})

test('the facts are not all the same', () => {
  for (const field of ['labelled_ever_by', 'approved_by', 'rejected_by', 'skipped_ever_by', 'open_by_id'] as const)
    for (const person of [null, ...varied.people.slice(0, field === 'open_by_id' ? 0 : 3)]) {
      const total = listed({ conditions: [{ field, op: 'any_of', value: [person] }] }).length
      expect([field, person, total > 0 && total < tasks.length]).toEqual([field, person, true])
    }
  const [moved, undone, prioritized] = varied.operations
  const by = (field: FilterFieldName, id: number | undefined) =>
    listed({ conditions: [{ field, op: 'equals', value: id as number }] }).length
  expect(by('moved_by_operation', moved)).toBeGreaterThan(by('moved_by_operation', undone))
  expect(by('moved_by_operation', undone)).toBeGreaterThan(0)
  expect(by('moved_by_operation', prioritized)).toBe(0)
  expect(by('changed_by_operation', prioritized)).toBeGreaterThan(0)
})

test('a filter by an operation that changed very many reads the same', async () => {
  const [id] = varied.operations as [number]
  const filter = JSON.stringify({ conditions: [{ field: 'changed_by_operation', op: 'equals', value: id }] })
  const read = async () => {
    const { tasks } = await p.manager.api.list_tasks({ project_id, filter, sort: '-priority', limit: 5, offset: 1 })
    return [
      tasks.map((t) => t.id),
      await p.manager.api.count_tasks({ project_id, filter }),
      await p.manager.api.get_task_facets({ project_id, filter }),
      await p.manager.api.find_task_row({ project_id, filter, sort: 'name', task_id: tasks[0]?.id as number }),
    ]
  }
  const few = await read()
  expect((few[0] as number[]).length).toBe(5)
  const { applied } = await p.manager.api.get_operation({ project_id, operation_id: id })
  const say = (n: number) => sql`update operation set applied = ${n} where id = ${id}`.execute(server.app.db)
  await say(1_000_000)
  expect(await read()).toEqual(few)
  await say(applied)
})

test('what a cleanup hid from the timeline is no fact any more; undo brings it back', async () => {
  const q = await server.project()
  await q.tasks(1, { stage_id: q.stage('label') })
  const labeler = await q.member('labeler')
  const held = await claim(labeler.api, q.project_id)
  await labeler.api.skip_task({ ...held, reason: 'ambiguous' })
  const filter = JSON.stringify({ conditions: [{ field: 'skipped_ever_by', op: 'any_of', value: [labeler.id] }] })
  const total = async () => (await q.manager.api.count_tasks({ project_id: q.project_id, filter })).total
  const change = (more: object) =>
    operate(q.manager.api, q.project_id, 'change-status', { stage_id: q.stage('label'), ...more }, [held.task_id])
  await change({ clear_skip: true })
  expect(await total()).toBe(1)
  const cleaned = await change({ remove_history: true })
  expect(await total()).toBe(0)
  await q.manager.api.undo_operation({ project_id: q.project_id, operation_id: cleaned.id })
  expect(await total()).toBe(1)
})

describe('what is wrong gets 400, a code and a sentence', () => {
  const filterOf = (...conditions: unknown[]) => JSON.stringify({ conditions })
  test.each<[string, string]>([
    ['no json', 'filter: this is not JSON'],
    ['[]', 'filter: this is not a filter'],
    ['{"conditions":[],"extra":1}', 'extra'],
    ['{"conditions":5}', 'conditions'],
    [filterOf({ field: 'colour', op: 'equals', value: 1 }), 'no “colour” to filter by. Use one of name, stage_id'],
    [filterOf({ field: '__proto__', op: 'equals', value: 1 }), 'no “__proto__”'],
    [filterOf({ field: 'name; drop table task', op: 'equals', value: 'x' }), 'no “name; drop table task”'],
    [filterOf({ field: 'name', op: 'like', value: 'a' }), 'Use one of contains, equals'],
    [filterOf({ field: 'name', op: 'between', value: [1, 2] }), 'name between'],
    [filterOf({ field: 'thumbnail', op: 'equals', value: 1 }), 'thumbnail'],
    [filterOf({ field: 'id', op: 'any_of', value: [1.5] }), 'id any_of'],
    [filterOf({ field: 'stage_id', op: 'any_of', value: [1e25] }), 'stage_id any_of'],
    [filterOf({ field: 'created_at', op: 'between', value: ['foo 1', null] }), 'created_at between'],
    [filterOf({ field: 'split', op: 'any_of', value: ['dev'] }), 'one of train, validation, test'],
    [filterOf({ field: 'metadata', op: 'equals', value: ['camera', { $ne: 1 }] }), 'filter.conditions[0].value'],
    [filterOf({ any: [] }), 'filter.conditions[0].any'],
    [filterOf({ any: [{ any: [] }] }), 'a group holds conditions'],
    [filterOf({ any: [{ field: 'hue', op: 'equals', value: 1 }] }), 'filter.conditions[0].any[0].field'],
    [filterOf({ field: 'name', op: 'contains', value: 'a\u0000b' }), 'filter.conditions[0].value'],
    [
      filterOf({ any: [{ field: 'metadata', op: 'equals', value: ['a\u0000b', 'x'] }] }),
      'filter.conditions[0].any[0].value',
    ],
    ['{"conditions":[{"field":"name","op":"contains","value":"\\ud800"}]}', 'filter.conditions[0].value'],
  ])('%s', async (filter, named) => {
    const { list_tasks, count_tasks, get_task_facets } = p.manager.api
    for (const ask of [list_tasks, count_tasks, get_task_facets])
      await expect(ask({ project_id, filter })).rejects.toMatchObject({
        status: 400,
        code: 'unknown_field',
        message: expect.stringContaining(named),
      })
  })

  test.each<[unknown, string]>([
    [{ field: 'colour', op: 'equals', value: 1 }, 'body.selection.filter.conditions[0].field: must be one of “'],
    [
      { any: [{ field: 'hue', op: 'equals', value: 1 }] },
      'body.selection.filter.conditions[0].any[0].field: must be one of “',
    ],
    [{ any: [] }, 'body.selection.filter.conditions[0].any'],
    [{ field: 'split', op: 'any_of', value: ['dev'] }, 'one of train, validation, test'],
    [{ field: 'name', op: 'contains', value: 'a\u0000b' }, 'body.selection.filter.conditions[0].value'],
    [
      { any: Array.from({ length: 49 }, () => ({ field: 'priority', op: 'equals', value: 1 })) },
      '51 conditions are too many',
    ],
  ])('in a selection: %j', async (item, named) => {
    const flag = { field: 'is_skipped', op: 'equals', value: true }
    const filter = { conditions: [item, flag, flag] } as Filter
    await expect(
      p.manager.api.preview_operation({
        project_id,
        name: 'set-priority',
        params: { priority: 1 },
        selection: { filter },
      }),
    ).rejects.toMatchObject({ status: 400, message: expect.stringContaining(named) })
  })

  test('whatever strange values fit are no crash', async () => {
    const strange = fc.constantFrom<unknown>('', '%', "'", '\\', '{}', '{"a":1}', 'NULL', '{a,b}', '😀', 'x'.repeat(5000), 0, -1, 1e308, -1e308, 5e-324, 0.1, Number.MAX_SAFE_INTEGER, true, null, '0001-01-03', '9999-12-31', '2026-02-30') // biome-ignore format: one list
    const value = fc.oneof(strange, fc.array(strange, { maxLength: 4 }), fc.constant(undefined))
    let right = 0
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...WAYS),
        fc.array(value, { minLength: 8, maxLength: 8 }),
        async ([field, op], values) => {
          for (const v of values) {
            const c = { field, op, ...(v === undefined ? {} : { value: v }) }
            const asked = server.inject({
              method: 'GET',
              url: `/api/projects/${project_id}/tasks/count?filter=${encodeURIComponent(filterOf({ any: [c] }))}`,
              headers: { cookie: `pixlhub_session=${p.manager.cookie}` },
            })
            const { statusCode, body } = await asked
            expect([statusCode === 200 || statusCode === 400, c, body.slice(0, 200)]).toEqual([
              true,
              c,
              body.slice(0, 200),
            ])
            if (statusCode === 200) right++
          }
        },
      ),
      { numRuns: 50 },
    )
    // About 30 fit; a run in which none does would show nothing.
    expect(right).toBeGreaterThan(5)
  })
})

test('tasks between two ids are found by their index', async () => {
  const target = filterSql(project_id, {
    conditions: [{ field: 'id', op: 'between', value: [tasks[1]?.id ?? 0, tasks[2]?.id ?? 0] }],
  })
  const { rows } = await server.app.db.transaction().execute(async (tx) => {
    await sql`set local enable_seqscan = off`.execute(tx)
    return sql<{ 'QUERY PLAN': string }>`explain select t.id from task t where ${target}`.execute(tx)
  })
  const plan = rows.map((r) => r['QUERY PLAN']).join('\n')
  expect(plan).toMatch(/Index Cond: .*\(id >= .*\(id <= /)
})

test('moments may be dates, and times with an offset', async () => {
  const total = async (...value: (string | null)[]) => {
    const filter = JSON.stringify({ conditions: [{ field: 'created_at', op: 'between', value }] })
    return (await p.manager.api.count_tasks({ project_id, filter })).total
  }
  const visible = tasks.filter((t) => !t.is_archived)
  expect(await total('2026-11-05', null)).toBe(visible.filter((t) => t.created_at >= '2026-11-05').length)
  expect(await total('2026-11-05T02:00:00+02:00', null)).toBe(await total('2026-11-05', null))
  // JavaScript reads it as 2 March, PostgreSQL not at all.
  await expect(total('2026-02-30', null)).rejects.toThrow('each a moment such as')
})

test('the counts beside the choices of a column leave out every item that names it', async () => {
  const stage = { field: 'stage_id', op: 'any_of', value: [p.stage('label')] } as const
  const filter = {
    conditions: [
      { any: [stage, { field: 'review_ms', op: 'between', value: [1000, null] }] },
      { field: 'split', op: 'any_of', value: ['train', null] },
    ],
  } as unknown as Filter
  const facets = await p.manager.api.get_task_facets({ project_id, filter: JSON.stringify(filter) })
  expect(facets.total).toBe(listed(filter).length)
  for (const { id } of p.project.stages) {
    const total = listed({
      conditions: [filter.conditions[1] as FilterItem, { field: 'stage_id', op: 'equals', value: id }],
    }).length
    expect([id, facets.stage_id.find((f) => f.value === id)?.total ?? 0]).toEqual([id, total])
  }
  for (const split of ['train', 'test', null] as const) {
    const total = listed({
      conditions: [filter.conditions[0] as FilterItem, { field: 'split', op: 'equals', value: split }],
    }).length
    expect([split, facets.split.find((f) => f.value === split)?.total ?? 0]).toEqual([split, total])
  }
})

test('the metadata keys of a project are offered, and of no other', async () => {
  expect(await p.manager.api.list_metadata_keys({ project_id })).toEqual({ keys: ['camera', "it's"] })
  const q = await server.project()
  expect(await q.manager.api.list_metadata_keys({ project_id: q.project_id })).toEqual({ keys: [] })
})
