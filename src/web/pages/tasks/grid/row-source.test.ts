import { describe, expect, test } from 'vitest'
import type { Task } from '../../../../contract/tasks.ts'
import { KeysetRows, type Reads } from './row-source.ts'

const task = (id: number, priority = 0) => ({ id, priority }) as Task

/** A table of tasks that can change between reads; `calls` counts the pages read. */
function table(count: number) {
  const state = {
    tasks: Array.from({ length: count }, (_, i) => task(i + 1)),
    calls: 0,
    failing: false,
    hidden: new Set<number>(),
  }
  const shown = () => state.tasks.filter((t) => !state.hidden.has(t.id))
  const reads: Reads = {
    async page(cursor, limit) {
      state.calls += 1
      if (state.failing) throw new Error('no connection')
      const from = cursor ? shown().findIndex((t) => t.id === Number(cursor)) + 1 : 0
      const tasks = shown().slice(from, from + limit)
      return {
        tasks,
        people: [{ id: 1, name: 'Mira' }],
        next_cursor: from + limit < shown().length ? String(tasks.at(-1)?.id) : null,
      }
    },
    count: async () => shown().length,
    byIds: async (ids, isMatching) => ({
      tasks: (isMatching ? shown() : state.tasks).filter((t) => ids.includes(t.id)),
      people: [],
      next_cursor: null,
    }),
  }
  return { state, rows: new KeysetRows(reads) }
}

describe('rows of keyset pages', () => {
  test('the first page tells the exact total, the rest is not read', async () => {
    const { state, rows } = table(10_000)
    await rows.load(30)
    expect(rows.total).toBe(10_000)
    expect(rows.rowAt(29)?.id).toBe(30)
    expect(rows.rowAt(5_000)).toBeUndefined()
    expect(state.calls).toBe(1)
  })

  test('a far row is there after the pages before it', async () => {
    const { rows } = table(10_000)
    await rows.load(9_999)
    expect(rows.rowAt(9_998)?.id).toBe(9_999)
    expect(rows.indexOf(9_999)).toBe(9_998)
  })

  test('nothing more than one page at a time while the person scrolls', async () => {
    const { state, rows } = table(3_000)
    for (let to = 40; to < 80; to += 10) rows.ensure(0, to)
    await rows.load(40)
    expect(state.calls).toBe(1)
  })

  test('an empty list is known to be empty', async () => {
    const { rows } = table(0)
    await rows.load(1)
    expect(rows.total).toBe(0)
  })

  test('a failure is told once and can be tried again', async () => {
    const { state, rows } = table(10)
    state.failing = true
    await expect(rows.load(5)).rejects.toThrow('no connection')
    rows.ensure(0, 5)
    expect(state.calls).toBe(1)
    state.failing = false
    rows.retry()
    await rows.load(5)
    expect(rows.rowAt(4)?.id).toBe(5)
  })
})

describe('while others work', () => {
  test('rows are renewed in place, and those that left the filter stay where they are', async () => {
    const { state, rows } = table(10)
    await rows.load(10)
    state.tasks[2] = task(3, 50)
    state.hidden.add(4)
    const gone = await rows.renew([1, 2, 3, 4])
    expect([...gone]).toEqual([4])
    expect(rows.rowAt(2)?.priority).toBe(50)
    expect(rows.rowAt(3)?.id).toBe(4)
    expect(rows.isOld).toBe(true)
  })

  test('nothing changed: no view is told', async () => {
    const { rows } = table(10)
    await rows.load(10)
    const version = rows.version
    await rows.renew([1, 2])
    expect(rows.version).toBe(version)
  })

  test('a reload shows the new list at once, never an empty one', async () => {
    const { state, rows } = table(10)
    await rows.load(10)
    state.hidden.add(4)
    await rows.renew([4])
    const reading = rows.reload()
    expect(rows.rowAt(3)?.id).toBe(4)
    await reading
    expect(rows.rowAt(3)?.id).toBe(5)
    expect(rows.total).toBe(9)
    expect(rows.isOld).toBe(false)
  })
})
