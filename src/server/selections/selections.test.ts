// Selections over HTTP against a plain model in memory: filter and exceptions, or ids, through the preview of an
// operation, the count and the CSV; and what is refused.
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { urlOf } from '../../contract/client.ts'
import type { Condition, Filter } from '../../model/filter.ts'
import type { Selection } from '../../model/selection.ts'
import { SPLITS } from '../../model/task.ts'
import { TASK_FIELD_NAMES, TASK_FIELDS } from '../../model/task-fields.ts'
import { type VariedTask, type VariedTasks, variedTasks } from '../tasks/test-varied-tasks.ts'
import { arrange } from '../tasks/test-work.ts'
import { type TestServer, testServer } from '../testing.ts'
import { parseCsv } from './test-csv.ts'

let server: TestServer
let varied: VariedTasks
let at: { project_id: number }
beforeAll(async () => {
  server = await testServer()
  varied = await variedTasks(server)
  at = { project_id: varied.project_id }
})
afterAll(() => server.close())

/** A condition as SQL knows it, and as a function. */
type Meaning = { condition: Condition; holds: (t: VariedTask) => boolean }

const meanings = (): fc.Arbitrary<Meaning> => {
  const stages = varied.p.project.stages.map((s) => s.id)
  return fc.oneof(
    fc.subarray(stages, { minLength: 1 }).map((value) => ({
      condition: { field: 'stage_id' as const, op: 'any_of' as const, value },
      holds: (t: VariedTask) => value.includes(t.stage_id),
    })),
    fc.tuple(fc.integer({ min: -2, max: 2 }), fc.integer({ min: -2, max: 2 })).map((value) => ({
      condition: { field: 'priority' as const, op: 'between' as const, value },
      holds: (t: VariedTask) => t.priority >= value[0] && t.priority <= value[1],
    })),
    fc.subarray([null, ...SPLITS], { minLength: 1 }).map((value) => ({
      condition: { field: 'split' as const, op: 'none_of' as const, value },
      holds: (t: VariedTask) => !value.includes(t.split),
    })),
    fc.boolean().map((value) => ({
      condition: { field: 'is_archived' as const, op: 'equals' as const, value },
      holds: (t: VariedTask) => t.is_archived === value,
    })),
    fc.constantFrom('cat', 'DOG', '%', '1').map((value) => ({
      condition: { field: 'name' as const, op: 'contains' as const, value },
      holds: (t: VariedTask) => t.name.toLowerCase().includes(value.toLowerCase()),
    })),
  )
}

/** A selection with the ids that it means, ascending. */
type Meant = { selection: Selection; ids: number[] }

const filtered = (): fc.Arbitrary<Meant> =>
  fc
    .tuple(
      fc.array(fc.oneof(meanings(), fc.array(meanings(), { minLength: 1, maxLength: 3 })), { maxLength: 3 }),
      fc.subarray(varied.tasks.map((t) => t.id)),
    )
    .map(([items, except]) => {
      const filter: Filter = {
        conditions: items.map((i) => (Array.isArray(i) ? { any: i.map((m) => m.condition) } : i.condition)),
      }
      const namesArchived = items.flat().some((m) => m.condition.field === 'is_archived')
      const holds = (t: VariedTask) =>
        (namesArchived || !t.is_archived) &&
        items.every((i) => (Array.isArray(i) ? i.some((m) => m.holds(t)) : i.holds(t)))
      const selection: Selection = { filter, except, ...(items.length === 0 ? { all: true } : {}) }
      return { selection, ids: varied.tasks.filter((t) => holds(t) && !except.includes(t.id)).map((t) => t.id) }
    })

const named = (): fc.Arbitrary<Meant> =>
  fc
    .subarray(
      varied.tasks.map((t) => t.id),
      { minLength: 1 },
    )
    .map((ids) => ({
      selection: { ids: [...ids].reverse() },
      ids,
    }))

const csvOf = async (selection: Selection, sort?: string): Promise<string[][]> => {
  const { api, cookie } = varied.p.manager
  const file = await api.create_task_file({ ...at, selection, columns: ['id', 'priority'], ...(sort ? { sort } : {}) })
  const reply = await server.inject({
    url: urlOf('download_task_file', { ...at, file_id: file.id }),
    headers: { cookie: `pixlhub_session=${cookie}` },
  })
  expect(reply.statusCode).toBe(200)
  const [titles, ...lines] = parseCsv(reply.body)
  expect(titles).toEqual(['id', 'priority'])
  expect(lines).toHaveLength(file.total)
  return lines
}

test('filter and exceptions, and ids, mean the same to the count, the preview and the CSV as to a model', async () => {
  const { api } = varied.p.manager
  const preview = { ...at, name: 'set-priority', params: { priority: 777 } }
  let hits = 0
  await fc.assert(
    fc.asyncProperty(fc.oneof({ weight: 3, arbitrary: filtered() }, named()), async ({ selection, ids }) => {
      expect((await api.count_selection({ ...at, selection })).total).toBe(ids.length)
      if (ids.length === 0) {
        const empty = { code: 'empty_selection' }
        await expect(api.preview_operation({ ...preview, selection })).rejects.toMatchObject(empty)
        await expect(csvOf(selection)).rejects.toMatchObject(empty)
        return
      }
      expect((await api.preview_operation({ ...preview, selection })).total).toBe(ids.length)
      expect((await csvOf(selection, 'id')).map(([id]) => Number(id))).toEqual(ids)
      const sorted = (await csvOf(selection, '-priority')).map(([id, priority]) => [Number(priority), Number(id)])
      const expected = varied.tasks
        .filter((t) => ids.includes(t.id))
        .map((t) => [t.priority, t.id] as [number, number])
        .sort((a, b) => b[0] - a[0] || b[1] - a[1])
      expect(sorted).toEqual(expected)
      hits++
    }),
    { numRuns: 60 },
  )
  expect(hits).toBeGreaterThan(20)
})

describe('the CSV is in the order of the page', () => {
  const sortable = TASK_FIELD_NAMES.filter((f) => TASK_FIELDS[f].sortable)
  test.each(sortable.flatMap((f) => [f, `-${f}`]))('%s', async (sort) => {
    const { tasks } = await varied.p.manager.api.list_tasks({ ...at, sort, limit: 500 })
    const lines = await csvOf({ filter: { conditions: [] }, all: true }, sort)
    expect(lines.map(([id]) => Number(id))).toEqual(tasks.map((t) => t.id))
  })
})

describe('a selection that cannot be', () => {
  const everywhere = async (selection: unknown) => {
    const { api } = varied.p.manager
    const given = selection as Selection
    return Promise.allSettled([
      api.count_selection({ ...at, selection: given }),
      api.create_task_file({ ...at, selection: given, columns: ['name'] }),
      api.preview_operation({ ...at, name: 'set-priority', params: { priority: 1 }, selection: given }),
    ])
  }
  const expectRefused = async (selection: unknown, code: string, sentence: string) => {
    for (const result of await everywhere(selection))
      expect(result).toMatchObject({ status: 'rejected', reason: { code, message: expect.stringContaining(sentence) } })
  }
  const many = Array.from({ length: 100_001 }, (_, i) => i + 1)
  const all = { filter: { conditions: [] }, all: true }

  test('more than 100,000 exceptions', () => expectRefused({ ...all, except: many }, 'invalid_input', '100,000'))
  test('more than 100,000 ids', () => expectRefused({ ids: many }, 'invalid_input', '100,000'))
  test('everything, without saying so', () =>
    expectRefused({ filter: { conditions: [] } }, 'empty_selection', 'all: true'))
  test('an id that is no task of this project', async () => {
    const [foreign] = await (await server.project()).tasks(1)
    await expectRefused({ ids: [varied.tasks[0]?.id, foreign] }, 'not_found', '1 of these ids')
  })
  test('100,000 exceptions are fine, and those that name nothing take nothing away', async () => {
    const { total } = await varied.p.manager.api.count_selection({ ...at, selection: all })
    const foreign = many.slice(0, 100_000).map((i) => i + 1_000_000_000)
    expect(await varied.p.manager.api.count_selection({ ...at, selection: { ...all, except: foreign } })).toEqual({
      total,
    })
  })
})

test('the count is of now: an exception that left the filter is subtracted no more', async () => {
  const q = await server.project()
  const inQ = { project_id: q.project_id }
  const ids = await q.tasks(10)
  const filter: Filter = { conditions: [{ field: 'priority', op: 'equals', value: 0 }] }
  const count = async (except: number[]) =>
    (await q.manager.api.count_selection({ ...inQ, selection: { filter, except } })).total
  const except = ids.slice(0, 3)
  expect(await count(except)).toBe(7)
  await arrange(server, q.project_id, new Map([[ids[0] as number, { priority: 5 }]]))
  expect(await count(except)).toBe(7)
  await arrange(server, q.project_id, new Map([[ids[9] as number, { priority: 5 }]]))
  expect(await count(except)).toBe(6)
})
