// The Tasks page against a plain model in memory: every sort order, random filters, and what is wrong with a query.
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ClassCounts } from '../../model/annotation.ts'
import { type Condition, conditionProblem, type Filter } from '../../model/filter.ts'
import { SKIP_REASONS, SPLITS, type TaskPatch, type TaskRow } from '../../model/task.ts'
import { FIELD_OPERATORS, TASK_FIELD_NAMES, TASK_FIELDS, type TaskFieldName } from '../../model/task-fields.ts'
import { type TestProject, type TestServer, testServer } from '../testing.ts'
import { encodeCursor } from './filter-queries.ts'
import { arrange, openIt, rowsOf } from './test-work.ts'

type Task = TaskRow & { is_open: boolean }

let server: TestServer
let p: TestProject
let project_id: number
let tasks: Task[]
let people: number[]
const batches: { id: number; name: string }[] = []
const names = new Map<number, string>()

beforeAll(async () => {
  server = await testServer()
  p = await server.project()
  project_id = p.project_id
  for (const name of ['zebra', 'alpha', 'mid']) {
    const { id } = await server.owner.create_batch({ project_id, name })
    batches.push({ id, name })
  }
  const members = [p.manager, await p.member('labeler'), await p.member('reviewer')]
  people = members.map((m) => m.id)
  for (const m of await server.owner.list_project_members({ project_id })) names.set(m.id, m.name.toLowerCase())
  await vary()
  const waiting = (await rowsOf(server, project_id)).filter(
    (t) => t.stage_id === p.stage('label') && !t.is_skipped && !t.is_archived,
  )
  for (const task of waiting.slice(0, 2)) {
    const holder = members.find((m) => m.id === task.assignee_id) ?? p.manager
    await openIt(holder.api, project_id, task.id)
  }
  const opened = new Set(waiting.slice(0, 2).map((t) => t.id))
  tasks = (await rowsOf(server, project_id)).map((t) => ({ ...t, is_open: opened.has(t.id) }))
})
afterAll(() => server.close())

/** 63 tasks, many of them equal in each column, so that ties and nulls fall on page borders. */
async function vary() {
  const stages = p.project.stages.map((s) => s.id)
  const ids = await p.tasks(63)
  const pick = <T>(values: readonly T[], i: number, step: number) => values[(i * step) % values.length] as T
  const day = (i: number) => new Date(Date.UTC(2026, 10, 1 + (i % 9), 8, 0, 0, i % 4)).toISOString()
  const { db } = server.app
  await db.transaction().execute(async (tx) => {
    const { sql } = await import('kysely')
    await sql`select set_config('pixlhub.task_writer', 'record', true)`.execute(tx)
    for (const [i, id] of ids.entries())
      await sql`update task set name = ${`${pick(['cat', 'Dog', 'bird%x', 'a_b'], i, 3)}${i % 6}`}, folder = ${pick(['', 'day1', 'day1/left'], i, 5)},
        created_at = ${day(i * 2)} where project_id = ${project_id} and id = ${id}`.execute(tx)
  })
  await arrange(
    server,
    project_id,
    new Map(
      ids.map((id, i): [number, TaskPatch] => {
        const stage_id = pick(stages, i, 7)
        const offered = stage_id === p.stage('label') || stage_id === p.stage('review')
        const is_skipped = stage_id === p.stage('label') && i % 5 === 0
        const object_count = (i * 3) % 5
        return [
          id,
          {
            stage_id,
            assignee_id: offered && !is_skipped ? pick([null, ...people], i, 3) : null,
            duration_ms: (i % 7) * 1500,
            review_ms: (i % 3) * 1000,
            object_count,
            class_counts: (object_count === 0
              ? {}
              : i % 2
                ? { 1: object_count }
                : { 1: 1, 2: object_count }) as ClassCounts,
            split: pick([null, ...SPLITS], i, 3),
            priority: (i % 5) - 2,
            batch_id: pick([null, ...batches.map((b) => b.id)], i, 7),
            is_skipped,
            skip_reason: is_skipped ? pick(SKIP_REASONS, i, 2) : null,
            skipped_by_id: is_skipped ? pick(people, i, 1) : null,
            queued_at: offered && !is_skipped ? day(i) : null,
            is_returned: offered && i % 4 === 0,
            times_returned: i % 3,
            labelled_by_id: pick([null, ...people], i, 1),
            reviewed_by_id: pick([null, null, ...people], i, 1),
            completed_at: stage_id === p.stage('completed') ? day(i) : null,
            exported_at: i % 3 === 0 ? day(i + 1) : null,
            is_archived: i % 13 === 0,
          },
        ]
      }),
    ),
  )
}

async function walk(query: { filter?: string; sort?: string }, limit = 7): Promise<number[]> {
  const got: number[] = []
  let cursor: string | undefined
  for (let page = 0; page < 50; page++) {
    const reply = await p.manager.api.list_tasks({ project_id, limit, ...query, ...(cursor ? { cursor } : {}) })
    got.push(...reply.tasks.map((t) => t.id))
    if (!reply.next_cursor) return got
    expect(reply.tasks).toHaveLength(limit)
    cursor = reply.next_cursor
  }
  throw new Error('the pages do not end')
}

type Key = string | number | null
function keyOf(t: Task, field: TaskFieldName): Key {
  if (field === 'stage_id') return p.project.stages.find((s) => s.id === t.stage_id)?.position ?? null
  if (field === 'assignee_id') return t.assignee_id === null ? null : (names.get(t.assignee_id) as string)
  if (field === 'batch_id') return batches.find((b) => b.id === t.batch_id)?.name ?? null
  if (field === 'split') return t.split === null ? null : SPLITS.indexOf(t.split)
  if (field === 'is_skipped') return Number(t.is_skipped)
  return t[field as keyof TaskRow] as Key
}

describe('sorting', () => {
  const sortable = TASK_FIELD_NAMES.filter((f) => TASK_FIELDS[f].sortable && f !== 'name' && f !== 'folder')
  for (const field of sortable)
    for (const direction of [1, -1])
      test(`${direction < 0 ? '-' : ''}${field}, in pages of 7`, async () => {
        const expected = tasks
          .filter((t) => !t.is_archived)
          .sort((a, b) => {
            const [x, y] = [keyOf(a, field), keyOf(b, field)]
            if (x === null || y === null)
              return (x === null ? 1 : 0) - (y === null ? 1 : 0) || direction * (a.id - b.id)
            return direction * (x < y ? -1 : x > y ? 1 : a.id - b.id)
          })
        expect(await walk({ sort: `${direction < 0 ? '-' : ''}${field}` })).toEqual(expected.map((t) => t.id))
      })

  // How capitals and punctuation stand to letters is the database's collation; that nothing is lost or doubled is ours.
  for (const sort of ['name', '-name', 'folder', '-folder'])
    test(`${sort}: the pages are the same list as one long page`, async () => {
      const long = await walk({ sort }, 100)
      expect(long).toHaveLength(tasks.filter((t) => !t.is_archived).length)
      expect(new Set(long).size).toBe(long.length)
      expect(await walk({ sort })).toEqual(long)
      const back = await walk({ sort: sort.startsWith('-') ? sort.slice(1) : `-${sort}` })
      expect(back.reverse()).toEqual(long)
    })

  test('without a word, the newest come first', async () => {
    expect(await walk({})).toEqual(await walk({ sort: '-id' }))
  })
})

/** What a condition means, in plain words. */
function holds(t: Task, c: Condition): boolean {
  const { type } = TASK_FIELDS[c.field]
  const value = c.field === 'is_open' ? t.is_open : (t[c.field as keyof TaskRow] as unknown)
  const list = c.value as (string | number | null)[]
  if (type === 'classes') {
    const has = (id: unknown) => (t.class_counts[String(id)] ?? 0) > 0
    if (c.op === 'any_of') return list.some(has)
    if (c.op === 'none_of') return !list.some(has)
    if (c.op === 'count_at_least') return (t.class_counts[String(list[0])] ?? 0) >= Number(list[1])
    return (Object.keys(t.class_counts).length === 0) === (c.op === 'is_empty')
  }
  const time = (v: unknown) => (type === 'moment' ? Date.parse(v as string) : (v as number))
  switch (c.op) {
    case 'contains':
      return String(value).toLowerCase().includes(String(c.value).toLowerCase())
    case 'equals':
      return type === 'text' ? String(value).toLowerCase() === String(c.value).toLowerCase() : value === c.value
    case 'is_empty':
      return value === null || value === ''
    case 'is_not_empty':
      return value !== null && value !== ''
    case 'any_of':
      return list.includes(value as never)
    case 'none_of':
      return !list.includes(value as never)
    case 'between': {
      const [from, to] = list
      if (from === null && to === null) return true
      return value !== null && (from === null || time(value) >= time(from)) && (to === null || time(value) <= time(to))
    }
    case 'last_days':
      return value !== null && time(value) >= Date.now() - Number(c.value) * 86_400_000
    default:
      throw new Error(c.op)
  }
}

/** A value that often hits: taken from the tasks themselves. */
function valueFor(field: TaskFieldName, op: Condition['op']): fc.Arbitrary<unknown> {
  const { type } = TASK_FIELDS[field]
  const seen = [...new Set(tasks.map((t) => (field === 'is_open' ? t.is_open : (t[field as keyof TaskRow] as never))))]
  const some = seen.filter((v) => v !== null)
  const one: fc.Arbitrary<unknown> =
    type === 'classes' ? fc.integer({ min: 0, max: 3 }) : some.length > 0 ? fc.constantFrom(...some) : fc.constant(1)
  if (op === 'is_empty' || op === 'is_not_empty') return fc.constant(undefined)
  if (op === 'any_of' || op === 'none_of')
    return fc.array(type === 'number' || type === 'id' ? one : fc.option(one), { minLength: 1, maxLength: 3 })
  if (op === 'between') return fc.tuple(fc.option(one), fc.option(one))
  if (op === 'count_at_least') return fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 0, max: 4 }))
  // Half days, so that no task stands on the border while the clock moves.
  if (op === 'last_days') return fc.integer({ min: 1, max: 60 }).map((d) => d + 0.37)
  if (op === 'contains') return fc.constantFrom('a', 'CAT', '%', '_', '\\', '1', 'day1/', "'")
  return one
}

const condition = (): fc.Arbitrary<Condition> =>
  fc
    .constantFrom(...TASK_FIELD_NAMES.filter((f) => TASK_FIELDS[f].filterable))
    .chain((field) => fc.constantFrom(...FIELD_OPERATORS[TASK_FIELDS[field].type]).map((op) => ({ field, op })))
    .chain(({ field, op }) =>
      valueFor(field, op).map((value) => ({ field, op, ...(value === undefined ? {} : { value }) }) as Condition),
    )

test('150 random filters list and count what the model lists', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(condition(), { minLength: 1, maxLength: 3 }), async (conditions) => {
      for (const c of conditions) expect(conditionProblem(c)).toBeNull()
      const named = conditions.some((c) => c.field === 'is_archived')
      const expected = tasks.filter((t) => (named || !t.is_archived) && conditions.every((c) => holds(t, c)))
      const filter = JSON.stringify({ conditions } satisfies Filter)
      expect(await walk({ filter, sort: 'id' }, 500)).toEqual(expected.map((t) => t.id))
      expect((await p.manager.api.count_tasks({ project_id, filter })).total).toBe(expected.length)
    }),
    { numRuns: 150 },
  )
})

test('a filter and a sort order walk together', async () => {
  const filter = JSON.stringify({ conditions: [{ field: 'split', op: 'any_of', value: ['train', null] }] })
  const expected = tasks.filter((t) => !t.is_archived && (t.split === 'train' || t.split === null))
  const got = await walk({ filter, sort: '-priority' }, 4)
  expect([...got].sort((a, b) => a - b)).toEqual(expected.map((t) => t.id))
})

describe('what is wrong gets 400, a code and a sentence', () => {
  const filterOf = (...conditions: unknown[]) => JSON.stringify({ conditions })
  test.each<[string, string, string]>([
    ['filter', 'no json', 'filter'],
    ['filter', '[]', 'filter'],
    ['filter', '{"conditions":[],"extra":1}', 'extra'],
    ['filter', '{"conditions":5}', 'conditions'],
    ['filter', filterOf({ field: 'colour', op: 'equals', value: 1 }), 'field'],
    ['filter', filterOf({ field: 'name', op: 'like', value: 'a' }), 'op'],
    ['filter', filterOf({ field: 'name', op: 'between', value: [1, 2] }), 'name between'],
    ['filter', filterOf({ field: 'thumbnail', op: 'equals', value: 1 }), 'thumbnail'],
    ['filter', filterOf({ field: 'id', op: 'any_of', value: [1.5] }), 'id any_of'],
    ['filter', filterOf({ field: 'stage_id', op: 'any_of', value: [1e25] }), 'stage_id any_of'],
    ['filter', filterOf({ field: 'created_at', op: 'between', value: ['foo 1', null] }), 'created_at between'],
    ['filter', filterOf({ field: 'name', op: 'contains', value: 'a\u0000b' }), 'filter'],
    ['filter', filterOf({ field: 'split', op: 'any_of', value: ['a\u0000b'] }), 'filter'],
    ['filter', '{"conditions":[{"field":"name","op":"contains","value":"\\ud800"}]}', 'filter'],
    ['sort', 'colour', 'sort'],
    ['sort', 'thumbnail', 'thumbnail'],
    ['sort', '--id', 'sort'],
    ['sort', 'constructor', 'sort'],
    ['sort', 'id;drop table task', 'sort'],
  ])('%s=%s', async (key, value, named) => {
    await expect(p.manager.api.list_tasks({ project_id, [key]: value })).rejects.toMatchObject({
      status: 400,
      code: 'unknown_field',
      message: expect.stringContaining(named),
    })
  })

  const of = (sort: string, key: unknown, id: unknown = 5) => encodeCursor({ sort, key, id } as never)
  test.each<[string, string, string]>([
    ['id', 'garbage', 'nothing'],
    ['id', of('-id', 5), 'another order'],
    ['-created_at', of('-created_at', 'foo'), 'no moment'],
    ['-created_at', of('-created_at', 5), 'a number for a moment'],
    ['-created_at', of('-created_at', '+275760-09-13T00:00:00.000Z'), 'a year that PostgreSQL does not know'],
    ['priority', of('priority', 'x'), 'a text for a number'],
    ['priority', of('priority', 1.5), 'a fraction'],
    ['priority', of('priority', 1e30), 'too large a number'],
    ['split', of('split', 1e12), 'too large a rank'],
    ['name', of('name', 7), 'a number for a text'],
    ['name', of('name', 'a\u0000'), 'a text that no database holds'],
    ['priority', of('priority', null), 'nothing where nothing is empty'],
    ['id', of('id', 5, 'x'), 'no id'],
    ['id', of('id', 5, -1), 'a negative id'],
  ])('cursor of %s: %s (%s)', async (sort, cursor) => {
    await expect(p.manager.api.list_tasks({ project_id, sort, cursor })).rejects.toMatchObject({
      status: 400,
      code: 'invalid_cursor',
      message: expect.stringContaining('cursor'),
    })
  })

  test('limits and unknown query fields', async () => {
    for (const query of ['limit=0', 'limit=501', 'limit=x', 'limit=1&limit=2', 'colour=red']) {
      const reply = await server.inject({
        method: 'GET',
        url: `/api/projects/${project_id}/tasks?${query}`,
        headers: { cookie: `pixlhub_session=${p.manager.cookie}` },
      })
      expect([query, reply.statusCode, reply.json().code]).toEqual([query, 400, 'invalid_input'])
      expect(reply.json().detail).toContain(query.split('=')[0])
    }
  })
})

test('moments may be dates, and times with an offset', async () => {
  const total = async (...value: (string | null)[]) => {
    const filter = JSON.stringify({ conditions: [{ field: 'created_at', op: 'between', value }] })
    return (await p.manager.api.count_tasks({ project_id, filter })).total
  }
  const visible = tasks.filter((t) => !t.is_archived)
  expect(await total('2026-11-05', null)).toBe(visible.filter((t) => t.created_at >= '2026-11-05').length)
  expect(await total('2026-11-05T02:00:00+02:00', null)).toBe(await total('2026-11-05', null))
  expect(await total('2026-02-30', null)).toBe(visible.length)
})
