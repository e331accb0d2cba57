import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Task } from '../../../../contract/tasks.ts'
import { BLOCK, KEPT_BLOCKS } from './row-blocks.ts'
import { GAP_MS } from './row-requests.ts'
import { type Anchor, type Reads, TaskRows } from './row-source.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const task = (id: number, priority = 0) => ({ id, priority }) as Task
const VIEW = 30

/** A list that can change between reads; every answer takes `ms`. Row `i` holds task `i + 1`. `isRead`: its first rows are here. */
function list(count: number, ms = 20, isRead = false) {
  const state = {
    tasks: Array.from({ length: count }, (_, i) => task(i + 1)),
    hidden: new Set<number>(),
    failing: false,
    /** First rows of the pages that were asked for, and of those that nobody waited for. */
    asked: [] as number[],
    aborted: [] as number[],
    running: 0,
    most_running: 0,
    ms,
  }
  const shown = () => (state.hidden.size > 0 ? state.tasks.filter((t) => !state.hidden.has(t.id)) : state.tasks)
  const later = async <T>(answer: () => T): Promise<T> => {
    await new Promise((done) => setTimeout(done, state.ms))
    if (state.failing) throw new Error('no connection')
    return answer()
  }
  const reads: Reads = {
    async page(offset, limit, signal) {
      state.asked.push(offset)
      state.running += 1
      state.most_running = Math.max(state.most_running, state.running)
      const stop = () => {
        state.aborted.push(offset)
        state.running -= 1
      }
      signal?.addEventListener('abort', stop)
      const page = await later(() => ({
        tasks: shown().slice(offset, offset + limit),
        people: [{ id: 7, name: 'Mira' }],
      }))
      signal?.removeEventListener('abort', stop)
      if (!signal?.aborted) state.running -= 1
      return page
    },
    count: () => later(() => shown().length),
    rowOf: (place) =>
      later(() => {
        const row = 'task_id' in place ? shown().findIndex((t) => t.id === place.task_id) : -1
        return row < 0 ? null : row
      }),
    byIds: (ids, isMatching) =>
      later(() => ({ tasks: (isMatching ? shown() : state.tasks).filter((t) => ids.includes(t.id)), people: [] })),
  }
  const first = { page: { tasks: shown().slice(0, BLOCK), people: [{ id: 7, name: 'Mira' }] }, total: count }
  return { state, rows: new TaskRows(reads, isRead ? first : null) }
}

const idsOf = (rows: TaskRows, first: number, end: number) =>
  Array.from({ length: end - first }, (_, i) => rows.rowAt(first + i)?.id)
const expectRows = (rows: TaskRows, first: number, end: number) =>
  expect(idsOf(rows, first, end)).toEqual(Array.from({ length: end - first }, (_, i) => first + i + 1))
const calm = () => vi.advanceTimersByTimeAsync(5000)

async function opened(count: number, ms?: number) {
  const { state, rows } = list(count, ms)
  rows.ensure(0, VIEW)
  await calm()
  return { state, rows }
}

test('what was read before stands at once and is not read again; what comes next is', async () => {
  const { state, rows } = list(1000, 20, true)
  expect([rows.total, rows.rowAt(0)?.id, rows.people.get(7)]).toEqual([1000, 1, 'Mira'])
  rows.ensure(0, VIEW)
  await vi.advanceTimersByTimeAsync(500)
  expect(state.asked).not.toContain(0)
  expect(rows.rowAt(BLOCK)?.id).toBe(BLOCK + 1)
})

describe('rows by number', () => {
  test('the first page comes alone, with the exact total beside it; what comes next is read ahead', async () => {
    const { state, rows } = list(10_000)
    rows.ensure(0, VIEW)
    expect(state.asked).toEqual([0])
    await vi.advanceTimersByTimeAsync(20)
    expect(rows.total).toBe(10_000)
    expectRows(rows, 0, VIEW)
    await calm()
    expect(state.asked).toEqual([0, BLOCK])
    expectRows(rows, 0, 150)
  })

  test('the last row is one request away', async () => {
    const { state, rows } = await opened(100_000)
    state.asked = []
    rows.ensure(100_000 - VIEW, 100_000)
    expect(state.asked).toEqual([99_950])
    await vi.advanceTimersByTimeAsync(20)
    expectRows(rows, 100_000 - VIEW, 100_000)
  })

  test('scrolling on, nothing in view is ever missing', async () => {
    const { state, rows } = await opened(100_000, 80)
    // A quick wheel: 160 rows a second.
    for (let first = 0; first < 2000; first += 16) {
      rows.ensure(first, first + VIEW)
      expectRows(rows, first, first + VIEW)
      await vi.advanceTimersByTimeAsync(100)
    }
    expect(state.most_running).toBeLessThanOrEqual(2)
    expect(state.asked.length).toBeLessThan(2000 / BLOCK + 5)
    expect(state.aborted).toEqual([])
  })

  test('… nor scrolling back up', async () => {
    const { rows } = await opened(100_000, 80)
    rows.ensure(50_000, 50_000 + VIEW)
    await calm()
    for (let first = 50_000; first > 48_000; first -= 16) {
      rows.ensure(first, first + VIEW)
      expectRows(rows, first, first + VIEW)
      await vi.advanceTimersByTimeAsync(100)
    }
  })

  test('an empty list is known to be empty', async () => {
    const { rows } = await opened(0)
    expect([rows.total, rows.rowAt(0)]).toEqual([0, undefined])
  })

  test('one row is read by itself: the next task of an open history', async () => {
    const { rows } = await opened(10_000)
    const read = rows.read(7777)
    await calm()
    expect((await read)?.id).toBe(7778)
  })

  test('a range of rows gives its ids, read or not, and reads no row twice', async () => {
    const { state, rows } = await opened(10_000)
    state.asked = []
    const reading = rows.idsBetween(10, 1209, new Map(), () => true)
    await calm()
    expect(await reading).toEqual(Array.from({ length: 1200 }, (_, i) => i + 11))
    expect(state.asked).toEqual([200, 700, 1200])
  })
})

describe('a scrollbar that is dragged', () => {
  test('asks ten times a second at most, waits only for where it is, and shows where it rests', async () => {
    const { state, rows } = await opened(100_000, 400)
    state.asked = []
    for (let i = 1; i <= 120; i++) {
      rows.ensure(i * 800, i * 800 + VIEW)
      await vi.advanceTimersByTimeAsync(16)
    }
    expect(state.asked.length).toBeLessThanOrEqual((120 * 16) / GAP_MS + 1)
    expect(state.asked.length).toBeGreaterThan(5)
    expect(state.running).toBeLessThanOrEqual(1)
    await vi.advanceTimersByTimeAsync(GAP_MS + 400)
    expectRows(rows, 96_000, 96_000 + VIEW)
    expect(state.aborted.length).toBeGreaterThan(5)
    // What was passed is nowhere.
    expect(rows.rowAt(800)).toBeUndefined()
  })

  test('an answer that comes after it was passed changes nothing', async () => {
    const { rows } = await opened(100_000, 50)
    rows.ensure(50_000, 50_000 + VIEW)
    const { version } = rows
    rows.ensure(70_000, 70_000 + VIEW)
    await vi.advanceTimersByTimeAsync(60)
    expect(rows.version).toBe(version)
    await calm()
    expect(rows.rowAt(50_000)).toBeUndefined()
    expectRows(rows, 70_000, 70_000 + VIEW)
  })
})

test('however far somebody scrolls, a bounded number of rows is kept, those in view among them', async () => {
  const { rows } = await opened(100_000, 5)
  for (let i = 0; i < 300; i++) {
    rows.ensure(i * 200, i * 200 + VIEW)
    await vi.advanceTimersByTimeAsync(GAP_MS + 10)
    expect(rows.loadedCount).toBeLessThanOrEqual(KEPT_BLOCKS * BLOCK)
  }
  expectRows(rows, 299 * 200, 299 * 200 + VIEW)
  expect(rows.indexOf(1)).toBe(-1)
})

describe('a failure', () => {
  test('is told once, and asked again only when somebody says so', async () => {
    const { state, rows } = list(10_000)
    state.failing = true
    rows.ensure(0, VIEW)
    await calm()
    expect(rows.error).toMatchObject({ message: 'no connection' })
    rows.ensure(1, VIEW)
    await calm()
    expect(state.asked).toEqual([0])
    state.failing = false
    rows.retry()
    await calm()
    expect([rows.error, rows.total]).toEqual([null, 10_000])
    expectRows(rows, 0, VIEW)
  })

  test('further down keeps what is here', async () => {
    const { state, rows } = await opened(10_000)
    state.failing = true
    rows.ensure(5000, 5000 + VIEW)
    await calm()
    expect(rows.error).not.toBeNull()
    expectRows(rows, 0, VIEW)
  })
})

describe('while others work', () => {
  const held = (rows: TaskRows, row: number): Anchor => ({ row, id: rows.rowAt(row)?.id as number, isHeld: true })
  const refreshed = async (rows: TaskRows, anchor: Anchor | null) => {
    const reading = rows.refresh(anchor)
    await calm()
    return reading
  }

  test('changed rows show as they are now, at once', async () => {
    const { state, rows } = await opened(1000)
    state.tasks[2] = task(3, 50)
    expect(await refreshed(rows, null)).toBe(0)
    expect(rows.rowAt(2)?.priority).toBe(50)
  })

  test('rows that come above push the held row down by as many, and it keeps its neighbours', async () => {
    const { state, rows } = await opened(10_000)
    rows.ensure(500, 500 + VIEW)
    await calm()
    state.tasks.unshift(...[-1, -2, -3].map((id) => task(id)))
    expect(await refreshed(rows, held(rows, 510))).toBe(3)
    expect(rows.total).toBe(10_003)
    expect(idsOf(rows, 503, 503 + VIEW)).toEqual(Array.from({ length: VIEW }, (_, i) => 501 + i))
    expect(rows.indexOf(511)).toBe(513)
  })

  test('no row in view is ever missing while the list is read anew', async () => {
    const { state, rows } = await opened(10_000)
    state.hidden.add(4)
    const reading = rows.refresh(null)
    for (let i = 0; i < 10; i++) {
      expect(idsOf(rows, 0, VIEW)).not.toContain(undefined)
      await vi.advanceTimersByTimeAsync(10)
    }
    await reading
    expect(rows.rowAt(3)?.id).toBe(5)
    expect(rows.total).toBe(9999)
    // Those that are not read anew yet are still shown, where they stand now by all that is known.
    expect(rows.rowAt(140)).toBeDefined()
  })

  test('a held row that left the filter stays where it is, and the count is true', async () => {
    const { state, rows } = await opened(100)
    state.tasks[4] = task(5, 9)
    const anchor = held(rows, 3)
    state.hidden.add(4)
    expect(await refreshed(rows, anchor)).toBe(0)
    expect(idsOf(rows, 0, 6)).toEqual([1, 2, 3, 4, 5, 6])
    expect([...rows.gone]).toEqual([4])
    expect([rows.total, rows.count]).toEqual([100, 99])
    expect(rows.rowAt(4)?.priority).toBe(9)
    // The hand is gone: the list closes up.
    await refreshed(rows, null)
    expect([rows.rowAt(3)?.id, rows.total, rows.count, rows.gone.size]).toEqual([5, 99, 99, 0])
  })

  test('the first row in view is no reason to keep a list that changed', async () => {
    const { state, rows } = await opened(100)
    const anchor = { ...held(rows, 3), isHeld: false }
    state.hidden.add(4)
    expect(await refreshed(rows, anchor)).toBe(0)
    expect([rows.rowAt(3)?.id, rows.gone.size]).toEqual([5, 0])
  })

  test('a list that became shorter than where somebody is shows its end', async () => {
    const { state, rows } = await opened(1000)
    rows.ensure(900, 900 + VIEW)
    await calm()
    state.tasks.length = 200
    await refreshed(rows, null)
    expect(rows.total).toBe(200)
    expectRows(rows, 200 - VIEW, 200)
  })

  test('an empty list gets its first rows', async () => {
    const { state, rows } = await opened(0)
    state.tasks.push(task(1), task(2))
    await refreshed(rows, null)
    expect(rows.total).toBe(2)
    expectRows(rows, 0, 2)
  })

  test('of two refreshes the later one counts, whichever answers first', async () => {
    const { state, rows } = await opened(1000)
    state.ms = 300
    const slow = rows.refresh(null)
    await vi.advanceTimersByTimeAsync(100)
    state.ms = 20
    state.hidden.add(1)
    const quick = rows.refresh(null)
    await vi.advanceTimersByTimeAsync(60)
    await quick
    const { version } = rows
    state.hidden.delete(1)
    await calm()
    await slow
    expect(rows.rowAt(0)?.id).toBe(2)
    expect(rows.version).toBeGreaterThanOrEqual(version)
  })

  test('a page that was on its way before a refresh does not come back', async () => {
    const { state, rows } = await opened(10_000)
    state.ms = 200
    rows.ensure(2000, 2000 + VIEW)
    await vi.advanceTimersByTimeAsync(50)
    state.ms = 10
    state.tasks[2000] = task(2001, 5)
    const reading = rows.refresh(null)
    await vi.advanceTimersByTimeAsync(50)
    await reading
    state.tasks[2000] = task(2001, 6)
    await vi.advanceTimersByTimeAsync(150)
    expect(rows.rowAt(2000)?.priority).toBe(5)
  })
})
