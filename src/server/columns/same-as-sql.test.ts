// The column index and SQL give the same answers: random filters, orders, cursors and jumps over tasks that are equal in
// many columns, with nulls, ties and texts that collations sort differently.
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Filter } from '../../model/filter.ts'
import { filterProblem } from '../../model/filter-problem.ts'
import { type Cursor, filterSql, orderOf } from '../tasks/filter-queries.ts'
import { tasksByIds } from '../tasks/page-queries.ts'
import { countTasks, facetsOf, findRow, pageOfTasks } from '../tasks/queries.ts'
import { readFacets } from '../tasks/reading.ts'
import { readSummary } from '../tasks/summary.ts'
import { describeTasks } from '../tasks/test-queries.ts'
import { type VariedTasks, variedTasks } from '../tasks/test-varied-tasks.ts'
import { type TestServer, testServer } from '../testing.ts'
import { randomFilter, randomSort, SORTS } from './test-filters.ts'

let server: TestServer
let varied: VariedTasks
let project_id: number

/** Texts in which languages, capitals and code points disagree about the order. */
const TEXTS = ['ﬁsh', '😀', 'Zebra', 'äpfel', 'Äpfel', 'apfel', 'ÉCLAIR', 'straße', 'STRASSE', 'İstanbul', 'ıssız', 'a b', 'a-b', 'a_b', '~', 'Ж', 'ж'] // biome-ignore format: one list

beforeAll(async () => {
  server = await testServer({ PIXLHUB_INDEX_FROM: '0' })
  varied = await variedTasks(server)
  project_id = varied.project_id
  await describeTasks(
    server,
    project_id,
    varied.tasks.slice(20, 20 + 2 * TEXTS.length).map((t, i) => ({
      id: t.id,
      name: `${TEXTS[i % TEXTS.length]}${i % 3}`,
      folder: TEXTS[(i * 5) % TEXTS.length] as string,
      width: t.width,
      height: t.height,
      created_at: t.created_at,
    })),
  )
  expect(await server.app.columns.load(project_id)).toBe(true)
})
afterAll(() => server.close())

test('the index is what answers here', async () => {
  const page = await server.app.columns.page(project_id, { conditions: [] }, orderOf('name'), null, 100)
  expect(page?.ids).toHaveLength(varied.tasks.filter((t) => !t.is_archived).length)
})

test('the rows of a page are those of SQL, open ones with their lease', async () => {
  const bySql = await pageOfTasks(server.app.db, project_id, { conditions: [] }, orderOf('-updated_at'), null, 500)
  const tasks = bySql.map(({ order_key: _, ...task }) => task)
  expect(tasks.filter((t) => t.lease).length).toBeGreaterThan(1)
  expect(await tasksByIds(server.app.db, project_id, tasks.map((t) => t.id))).toEqual(tasks) // biome-ignore format: one thought
  expect(await tasksByIds(server.app.db, project_id, [])).toEqual([])
  expect(await tasksByIds(server.app.db, project_id, [0])).toEqual([])
})

test.each(SORTS)('%s: the whole list', async (sort) => {
  const order = orderOf(sort)
  const bySql = await pageOfTasks(server.app.db, project_id, { conditions: [] }, order, null, 500)
  const page = await server.app.columns.page(project_id, { conditions: [] }, order, null, 500)
  expect(page?.ids).toEqual(bySql.map((t) => t.id))
  expect(page?.last_key).toEqual(bySql.at(-1)?.order_key)
})

test('pages after a cursor, and cursors', async () => {
  const { db, columns } = server.app
  await fc.assert(
    fc.asyncProperty(
      randomFilter(varied.tasks),
      randomSort,
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 0, max: 60 }),
      async (filter, sort, limit, at) => {
        const order = orderOf(sort)
        expect(filterProblem(filter)).toBeNull()
        const all = await pageOfTasks(db, project_id, filter, order, null, 500)
        const from = all[at % Math.max(1, all.length)]
        const cursor: Cursor | null = from ? { sort, key: from.order_key, id: from.id } : null
        const bySql = await pageOfTasks(db, project_id, filter, order, cursor, limit + 1)
        const page = await columns.page(project_id, filter, order, cursor, limit)
        expect(page?.ids).toEqual(bySql.slice(0, limit).map((t) => t.id))
        expect(page?.has_more).toBe(bySql.length > limit)
        if (bySql.length > 0) expect(page?.last_key).toEqual(bySql[Math.min(limit, bySql.length) - 1]?.order_key)
      },
    ),
    { numRuns: 400 },
  )
})

test('cursors of tasks that are not there, or that have another value by now', async () => {
  const { db, columns } = server.app
  const keys: Record<string, fc.Arbitrary<string | number>> = {
    text: fc.oneof(
      fc.constantFrom(...TEXTS, '', 'zz'),
      fc.string({ unit: 'grapheme', maxLength: 3 }).filter((s) => !s.includes('\0') && s.isWellFormed()),
    ),
    timestamptz: fc
      .integer({ min: Date.UTC(2026, 9, 30), max: Date.UTC(2026, 10, 12) })
      .map((ms) => new Date(ms).toISOString()),
    int4: fc.integer({ min: -5, max: 10 }),
    int8: fc.integer({ min: -5, max: 10_000 }),
  }
  const someCursor = randomSort.chain((sort) => {
    const order = orderOf(sort)
    const key = keys[order.type] as fc.Arbitrary<string | number>
    return fc.record({
      sort: fc.constant(sort),
      key: order.nullable ? fc.option(key, { freq: 3 }) : key,
      id: fc.integer({ min: 0, max: (varied.tasks.at(-1)?.id ?? 0) + 3 }),
    })
  })
  await fc.assert(
    fc.asyncProperty(someCursor, async (cursor) => {
      const order = orderOf(cursor.sort)
      const bySql = await pageOfTasks(db, project_id, { conditions: [] }, order, cursor, 500)
      const page = await columns.page(project_id, { conditions: [] }, order, cursor, 500)
      expect(page?.ids).toEqual(bySql.map((t) => t.id))
    }),
    { numRuns: 300 },
  )
})

test('far jumps', async () => {
  const { db, columns } = server.app
  await fc.assert(
    fc.asyncProperty(
      randomFilter(varied.tasks),
      randomSort,
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 0, max: 70 }),
      async (filter, sort, limit, offset) => {
        const order = orderOf(sort)
        const bySql = await pageOfTasks(db, project_id, filter, order, null, limit + 1, offset)
        const page = await columns.page(project_id, filter, order, { offset }, limit)
        expect(page?.ids).toEqual(bySql.slice(0, limit).map((t) => t.id))
        expect(page?.has_more).toBe(bySql.length > limit)
      },
    ),
    { numRuns: 250 },
  )
})

test('totals and counts beside choices', async () => {
  const { app } = server
  await fc.assert(
    fc.asyncProperty(randomFilter(varied.tasks), async (filter) => {
      expect(await app.columns.measure(project_id, [{ filter, what: 'total' }])).toEqual([
        await countTasks(app.db, filterSql(project_id, filter)),
      ])
      expect(await readFacets(app, project_id, filter)).toEqual(await facetsOf(app.db, project_id, filter))
    }),
    { numRuns: 100 },
  )
})

test('at which row a task stands', async () => {
  const { db, columns } = server.app
  const task_id = fc.option(fc.constantFrom(...varied.tasks.map((t) => t.id), 0))
  const name = fc.constantFrom(
    '',
    'cat',
    'cat1',
    'dog3',
    'd',
    'a',
    '1',
    'äpfel',
    'apfel',
    '😀',
    'nothing',
    '%',
    'straße',
  )
  await fc.assert(
    fc.asyncProperty(randomFilter(varied.tasks), randomSort, task_id, name, async (filter, sort, id, text) => {
      const order = orderOf(sort)
      const bySql = await findRow(db, filterSql(project_id, filter), order, { name: text, task_id: id ?? undefined })
      expect(await columns.row(project_id, filter, order, { task_id: id, name: text })).toEqual(bySql)
    }),
    { numRuns: 250 },
  )
})

test('the numbers above the table', async () => {
  const stages = varied.p.project.stages
  const { app } = server
  const bySql = { ...app, columns: { measure: async () => null, page: async () => null } } as unknown as typeof app
  const summary = await readSummary(app, project_id, stages)
  expect(summary).toEqual(await readSummary(bySql, project_id, stages))
  for (const day of ['2020-01-01T22:00:00.000Z', '2100-01-01T22:00:00.000Z']) {
    const { completed_today } = await readSummary(app, project_id, stages, day)
    expect(completed_today).toBe((await readSummary(bySql, project_id, stages, day)).completed_today)
  }
  expect(summary.archived).toBeGreaterThan(0)
  expect(summary.people.length).toBeGreaterThan(1)
  expect(summary.oldest_queued_at).not.toBeNull()
})

test('after an import of more than the memory that was taken at first', async () => {
  const { app } = server
  const p = await server.project()
  await p.tasks(20, { stage_id: p.stage('label') })
  expect(await app.columns.load(p.project_id)).toBe(true)
  const filters: Filter[] = [
    { conditions: [] },
    { conditions: [{ field: 'priority', op: 'equals', value: 3 }] },
    { conditions: [{ field: 'stage_id', op: 'equals', value: p.stage('label') }] },
  ]
  const expectSame = async () => {
    for (const filter of filters) {
      expect(await app.columns.measure(p.project_id, [{ filter, what: 'total' }])).toEqual([
        await countTasks(app.db, filterSql(p.project_id, filter)),
      ])
      expect(await readFacets(app, p.project_id, filter)).toEqual(await facetsOf(app.db, p.project_id, filter))
      for (const sort of ['-id', 'name', '-priority', 'stage_id']) {
        const bySql = await pageOfTasks(app.db, p.project_id, filter, orderOf(sort), null, 100)
        const page = await app.columns.page(p.project_id, filter, orderOf(sort), null, 100)
        expect(page?.ids).toEqual(bySql.map((t) => t.id))
      }
    }
  }
  await expectSame()
  await p.tasks(1300, { stage_id: p.stage('label'), prefix: 'Later', priority: 3 })
  await expectSame()
})
