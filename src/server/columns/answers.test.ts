// The index's own answers against plain lists, over enough rows that zones, buckets and words of bits matter: ties, nulls,
// skewed values, changes and tasks that arrive late.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { FilterFieldName } from '../../model/task-fields.ts'
import { Answers } from './answers.ts'
import type { IndexFilter, IndexOrder, Place } from './messages.ts'
import { holds, type PlainTask, wireRows } from './test-wire.ts'

const COUNT = 9000
const MOST = 60

/** A number that the same seed always gives again. */
function dice(seed: number) {
  let state = seed
  return (sides: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * sides)
  }
}

function task(id: number, roll: (sides: number) => number): PlainTask {
  const pick = <T>(...values: T[]) => values[roll(values.length)] as T
  const moment = () => Date.UTC(2026, 0, 1) + roll(1000) * 86_400_000 + roll(1000)
  return {
    id,
    name: `${pick('Frame', 'frame', 'Äpfel', '😀', '')}-${roll(5000)}${pick('.jpg', '.JPG', '')}`,
    folder: pick('', 'day1', 'Day1', 'day2/left'),
    stage_id: pick(1, 2, 2, 2, 3, 4),
    assignee_id: pick(null, null, 11, 12, 2 ** 40),
    priority: roll(10) === 0 ? roll(2001) - 1000 : 0,
    batch_id: pick(null, 5, 6),
    is_skipped: roll(20) === 0,
    is_archived: roll(30) === 0,
    is_returned: false,
    split: pick(null, 'train', 'validation', 'test'),
    // Mostly equal, some far away: the hard case for buckets.
    duration_ms: pick(0, 0, 0, roll(1000), roll(10) === 0 ? 2 ** 45 + roll(5) : 3),
    review_ms: roll(1_000_000),
    object_count: roll(7),
    times_returned: roll(500) === 0 ? roll(100_000) : 0,
    class_counts: pick<Record<string, number>>({}, { '1': 2 }, { '1': 1, '12': 300 }),
    skip_reason: null,
    queued_at: pick(null, moment(), moment()),
    created_at: Date.UTC(2026, 0, 1) + id * 1000,
    updated_at: moment(),
    completed_at: roll(200) === 0 ? moment() : null,
    width: pick(640, 1920),
    height: 480,
  }
}

class World {
  readonly answers = new Answers(COUNT)
  tasks: PlainTask[]
  readonly #lists = new Map<string, PlainTask[]>()

  constructor(seed: number) {
    const roll = dice(seed)
    this.tasks = Array.from({ length: COUNT }, (_, i) => task(2 * i + 1, roll))
    for (let i = 0; i < COUNT; i += 2500) this.answers.insert(wireRows(this.tasks.slice(i, i + 2500)))
    this.answers.finish()
  }

  page(filter: IndexFilter, order: IndexOrder, place: Place | null, limit: number) {
    return this.answers.page({ filter, order, place, limit, now: 0 })
  }

  /** The tasks of a filter in an order. */
  list(filter: IndexFilter, { field, descending }: IndexOrder): PlainTask[] {
    const key = JSON.stringify([filter, field, descending])
    const known = this.#lists.get(key)
    if (known) return known
    const sign = descending ? -1 : 1
    const compare = (a: PlainTask, b: PlainTask) => {
      const [x, y] = [keyOf(a, field), keyOf(b, field)]
      if (x === null || y === null) return Number(x === null) - Number(y === null) || sign * (a.id - b.id)
      return (
        sign * (typeof x === 'string' ? Buffer.compare(Buffer.from(x), Buffer.from(y as string)) : x - (y as number)) ||
        sign * (a.id - b.id)
      )
    }
    const list = this.tasks.filter((t) => holds(t, filter)).sort(compare)
    this.#lists.set(key, list)
    return list
  }

  /** Some tasks change in some columns. */
  change(roll: (sides: number) => number, count: number, columns: readonly FilterFieldName[]) {
    const start = roll(COUNT - count)
    const chosen = roll(2) ? this.tasks.slice(start, start + count) : this.tasks.filter(() => roll(COUNT) < count)
    const changed = chosen.map((t) => {
      const other = task(t.id, roll)
      for (const name of columns) t[name] = other[name] as never
      return t
    })
    expect(this.answers.apply(wireRows(changed, columns))).toEqual([])
    this.#lists.clear()
  }

  /** Tasks arrive behind all others, as an import brings them. */
  append(roll: (sides: number) => number, count: number) {
    const highest = (this.tasks.at(-1) as PlainTask).id
    const fresh = Array.from({ length: count }, (_, i) => task(highest + 1 + i, roll))
    this.answers.insert(wireRows(fresh))
    this.tasks = [...this.tasks, ...fresh]
    this.#lists.clear()
  }

  /** Tasks arrive, some with ids between those that are there. */
  arrive(roll: (sides: number) => number, count: number) {
    const highest = (this.tasks.at(-1) as PlainTask).id
    const known = new Set(this.tasks.map((t) => t.id))
    const ids = new Set(
      Array.from({ length: count }, () => highest + 40 - roll(roll(2) ? 39 : 400)).filter((id) => !known.has(id)),
    )
    const fresh = [...ids].sort((a, b) => a - b).map((id) => task(id, roll))
    expect(this.answers.apply(wireRows(fresh, ['stage_id']))).toEqual(fresh.map((t) => t.id))
    this.answers.insert(wireRows(fresh))
    this.tasks = [...this.tasks, ...fresh].sort((a, b) => a.id - b.id)
    this.#lists.clear()
  }
}

const SPLIT_RANK = [null, 'train', 'validation', 'test']
function keyOf(t: PlainTask, field: FilterFieldName): string | number | null {
  if (field === 'split') return t.split === null ? null : SPLIT_RANK.indexOf(t.split as string)
  if (field === 'is_skipped') return Number(t.is_skipped)
  return t[field] as string | number | null
}

const LIVE = { field: 'is_archived', op: 'equals', value: false } as const
const FILTERS: IndexFilter[] = [
  [],
  [LIVE],
  [LIVE, { field: 'stage_id', op: 'any_of', value: [2, 3] }],
  [{ field: 'priority', op: 'between', value: [1, 400] }],
  [LIVE, { field: 'name', op: 'contains', value: '99' }],
  [{ field: 'name', op: 'contains', value: 'frame-1' }],
  [
    { field: 'name', op: 'contains', value: 'äp' },
    { field: 'queued_at', op: 'is_not_empty' },
  ],
  [{ field: 'name', op: 'any_of', value: ['frame-17.jpg', 'äpfel-3', '😀-4.jpg'] }],
  [{ field: 'name', op: 'none_of', value: ['frame-17.jpg'] }],
  [
    { field: 'folder', op: 'equals', value: 'day1' },
    { field: 'duration_ms', op: 'is_empty' },
  ],
  [
    {
      any: [
        { field: 'completed_at', op: 'is_not_empty' },
        { field: 'assignee_id', op: 'any_of', value: [2 ** 40, null] },
      ],
    },
    LIVE,
  ],
  [{ field: 'queued_at', op: 'between', value: ['2027-05-01', '2027-06-01T10:00:00.500Z'] }],
  [{ field: 'id', op: 'between', value: [4000, 4400] }],
  [
    { field: 'split', op: 'none_of', value: ['train', null] },
    { field: 'object_count', op: 'none_of', value: [1, 2] },
  ],
  [{ field: 'is_returned', op: 'equals', value: true }],
]
const SORTS: FilterFieldName[] = ['id', 'name', 'folder', 'stage_id', 'assignee_id', 'priority', 'split', 'is_skipped', 'duration_ms', 'review_ms', 'object_count', 'times_returned', 'queued_at', 'created_at', 'updated_at', 'completed_at'] // biome-ignore format: one list

const someFilter = fc.constantFrom(...FILTERS)
const someOrder = fc
  .record({ field: fc.constantFrom(...SORTS), descending: fc.boolean() })
  .map(({ field, descending }): IndexOrder => ({ field, descending, keys: field === 'split' ? [null, 1, 2, 3] : null }))
const somewhere = fc.oneof(fc.integer({ min: 0, max: COUNT }), fc.integer({ min: 0, max: 80 }))
const someLimit = fc.integer({ min: 1, max: MOST })
const ids = (tasks: readonly PlainTask[]) => tasks.map((t) => t.id)

/** Pages after cursors, jumps and places, all compared with the plain list. */
function expectSame(world: World, numRuns: number) {
  fc.assert(
    fc.property(someFilter, someOrder, somewhere, someLimit, (filter, order, at, limit) => {
      const list = world.list(filter, order)
      expect(ids(list.slice(0, limit))).toEqual(world.page(filter, order, null, limit)?.ids)

      const jumped = world.page(filter, order, { offset: at }, limit)
      expect(jumped?.ids).toEqual(ids(list.slice(at, at + limit)))
      expect(jumped?.has_more).toBe(list.length > at + limit)

      const from = list[at % Math.max(1, list.length)]
      if (!from) return
      const place = { key: keyOf(from, order.field), id: from.id }
      const next = list.slice(list.indexOf(from) + 1)
      const page = world.page(filter, order, place, limit)
      expect(page?.ids).toEqual(ids(next.slice(0, limit)))
      expect(page?.has_more).toBe(next.length > limit)
      const last = next.slice(0, limit).at(-1)
      if (last) expect(page?.last_key).toEqual(keyOf(last, order.field))
      expect(world.answers.row({ filter, order, task_id: from.id, name: '', now: 0 })).toEqual({
        row: list.indexOf(from),
        task_id: from.id,
      })
    }),
    { numRuns },
  )
}

function expectSameNumbers(world: World) {
  for (const filter of FILTERS) {
    const tasks = world.tasks.filter((t) => holds(t, filter))
    const counts = (field: FilterFieldName) => {
      const totals = new Map<unknown, number>()
      for (const t of tasks) totals.set(t[field], (totals.get(t[field]) ?? 0) + 1)
      return totals
    }
    const fields = ['stage_id', 'assignee_id', 'split', 'batch_id', 'priority', 'is_skipped'] as const
    const [total, sum, ...facets] = world.answers.measure({
      measures: [
        { filter, what: 'total' },
        { filter, what: 'sum', field: 'duration_ms' },
        ...fields.map((field) => ({ filter, what: 'counts' as const, field })),
      ],
      now: 0,
    })
    expect(total).toBe(tasks.length)
    expect(sum).toBe(tasks.reduce((s, t) => s + (t.duration_ms as number), 0))
    for (const [i, field] of fields.entries()) {
      const got = facets[i] as { value: unknown; total: number }[]
      expect(new Map(got.map((f) => [f.value, f.total]))).toEqual(counts(field))
    }
  }
}

describe('over 9,000 tasks', () => {
  const world = new World(7)

  test('pages, cursors, jumps and places are those of the plain list', () => expectSame(world, 500))
  test('totals, sums and counts are those of the plain list', () => expectSameNumbers(world))

  test('the whole list, page by page, in each order', () => {
    for (const field of SORTS)
      for (const descending of [false, true]) {
        const order = { field, descending, keys: field === 'split' ? [null, 1, 2, 3] : null }
        const walked: number[] = []
        for (let place: Place | null = null; ; ) {
          const page = world.page([LIVE], order, place, 1500)
          walked.push(...(page?.ids ?? []))
          if (!page?.has_more) break
          place = { key: page.last_key, id: page.ids.at(-1) as number }
        }
        expect(walked).toEqual(ids(world.list([LIVE], order)))
      }
  })

  test('the first task whose name is a text, begins with it, or holds it', () => {
    const name = fc.constantFrom('frame-17.jpg', 'frame-1', '99', 'äpfel-3', '-1', '.jpg', 'nothing', '😀-')
    fc.assert(
      fc.property(someFilter, someOrder, name, (filter, order, text) => {
        const list = world.list(filter, order)
        const rank = (t: PlainTask) => {
          const lower = String(t.name).toLowerCase()
          return lower === text ? 0 : lower.startsWith(text) ? 1 : lower.includes(text) ? 2 : 3
        }
        const best = Math.min(3, ...list.map(rank))
        const row = best === 3 ? -1 : list.findIndex((t) => rank(t) === best)
        const found = world.answers.row({ filter, order, task_id: null, name: text, now: 0 })
        expect(found).toEqual(row < 0 ? 'none' : { row, task_id: list[row]?.id })
      }),
      { numRuns: 150 },
    )
  })
})

test('changes of few, of many and of all, and tasks that arrive late, keep every answer right', () => {
  const world = new World(11)
  const roll = dice(5)
  expectSameNumbers(world)
  const changes: [number, FilterFieldName[]][] = [
    [3, ['stage_id', 'assignee_id', 'updated_at']],
    [700, ['stage_id', 'duration_ms', 'object_count', 'class_counts', 'queued_at']],
    [40, ['is_archived', 'priority', 'split']],
    [8000, ['stage_id', 'assignee_id', 'queued_at', 'is_skipped']],
    [900, ['batch_id', 'completed_at', 'times_returned', 'review_ms', 'is_archived']],
  ]
  for (const [count, columns] of changes) {
    world.change(roll, count, columns)
    expectSameNumbers(world)
    expectSame(world, 15)
    world.arrive(roll, 30)
    expectSameNumbers(world)
    expectSame(world, 15)
  }
  // Beyond the memory that was taken at first.
  world.arrive(roll, 40)
  for (let i = 0; i < 40; i++) world.arrive(roll, 40)
  expectSameNumbers(world)
  expectSame(world, 15)
})

test('tasks that an import appends, beyond the memory that was taken at first, are in every answer that was asked for before', () => {
  const world = new World(17)
  const roll = dice(9)
  for (const count of [300, 700, 31, 2500]) {
    expectSameNumbers(world)
    expectSame(world, 15)
    world.append(roll, count)
    expectSameNumbers(world)
    expectSame(world, 15)
    world.change(roll, 50, ['stage_id', 'priority', 'duration_ms'])
  }
  expectSameNumbers(world)
})

test('one task that changes to the least or greatest of all stands first, and no longer where it was', () => {
  const world = new World(13)
  const extremes: [FilterFieldName, number, number][] = [
    ['priority', -5000, 5000],
    ['duration_ms', -5, 2 ** 50],
    ['object_count', -7, 9000],
    ['queued_at', Date.UTC(2001, 0), Date.UTC(2090, 0)],
    ['updated_at', Date.UTC(2001, 0), Date.UTC(2090, 0)],
  ]
  for (const [field, least, greatest] of extremes)
    for (const descending of [false, true]) {
      const order: IndexOrder = { field, descending, keys: null }
      const first = () => world.page([], order, null, 3)?.ids[0]
      const before = first()
      const task = world.tasks[COUNT - 700 - extremes.length] as PlainTask
      const kept = task[field]
      task[field] = descending ? greatest : least
      world.answers.apply(wireRows([task], [field]))
      expect([field, first(), world.page([], order, { offset: 0 }, 1)?.ids[0]]).toEqual([field, task.id, task.id])
      task[field] = kept as never
      world.answers.apply(wireRows([task], [field]))
      expect([field, first()]).toEqual([field, before])
    }
})

test('what did not change is answered from memory, and a change in another column leaves it', () => {
  const world = new World(3)
  const order: IndexOrder = { field: 'priority', descending: true, keys: null }
  const first = world.page([LIVE], order, null, 10)
  world.change(dice(1), 100, ['split'])
  expect(world.page([LIVE], order, null, 10)).toBe(first)
  world.change(dice(1), 100, ['priority'])
  expect(world.page([LIVE], order, null, 10)).not.toBe(first)
})

test('a dictionary that has grown since the keys were made is asked for again', () => {
  const world = new World(3)
  const order: IndexOrder = { field: 'assignee_id', descending: false, keys: [null, 'a'] }
  expect(world.page([LIVE], order, null, 10)).toBeNull()
  const keys = world.answers.values('assignee_id').map((v) => (v === null ? null : `person ${v}`))
  expect(world.page([LIVE], { ...order, keys }, null, 10)?.ids).toHaveLength(10)
})

test('what the index does not know is an error, never a wrong answer', () => {
  const world = new World(3)
  const filter = [{ field: 'metadata', op: 'equals', value: ['camera', 'front'] }] as IndexFilter
  expect(() => world.page(filter, { field: 'id', descending: false, keys: null }, null, 10)).toThrow('metadata')
})
