import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Task } from '../../../../contract/tasks.ts'
import { ALL_MATCHING, countSelected, NOTHING, type TaskSelection, withTasks } from '../selection-model.ts'
import { MOST_ROWS, RowRange } from './row-range.ts'
import { TaskRows } from './row-source.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A list whose row `i` holds task `i + 1`; `asked`: the rows that were asked for, one by one. */
async function listOf(count: number) {
  const asked: number[] = []
  const source = new TaskRows({
    page: async (offset, limit) => {
      await new Promise((done) => setTimeout(done, 50))
      const ids = Array.from({ length: Math.max(0, Math.min(limit, count - offset)) }, (_, i) => offset + i + 1)
      asked.push(...ids)
      return { tasks: ids.map((id) => ({ id }) as Task), people: [] }
    },
    count: async () => count,
    rowOf: async () => null,
    byIds: async () => ({ tasks: [], people: [] }),
  })
  source.ensure(0, 30)
  await calm()
  asked.length = 0
  return { source, asked }
}

const calm = () => vi.advanceTimersByTimeAsync(30_000)
const ids = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, i) => first + i)

async function rangeOf(count: number, base: TaskSelection = withTasks(NOTHING, [1], true), isOn = true) {
  const { source, asked } = await listOf(count)
  const state = { selection: base, tooLong: 0, asked }
  const range = new RowRange({
    source,
    from: 0,
    base,
    isOn,
    onSelect: (next) => {
      state.selection = next
    },
    onTooLong: () => {
      state.tooLong += 1
    },
    onFailed: (error) => {
      throw error
    },
  })
  return { state, range }
}

describe('a range of rows', () => {
  test('that grows quicker than rows are read reads each row once, and holds all of them', async () => {
    const { state, range } = await rangeOf(1_000_000)
    for (let row = 14; row <= 4200; row += 14) {
      void range.extend(row)
      await vi.advanceTimersByTimeAsync(5)
    }
    await calm()
    expect(state.selection).toEqual({ kind: 'ids', ids: new Set(ids(1, 4201)) })
    expect(state.asked.length).toBe(new Set(state.asked).size)
  })

  test('shrinks to where it went back', async () => {
    const { state, range } = await rangeOf(1_000_000)
    void range.extend(5000)
    await vi.advanceTimersByTimeAsync(120)
    void range.extend(3)
    await calm()
    expect(state.selection).toEqual({ kind: 'ids', ids: new Set(ids(1, 4)) })
    expect(state.asked.length).toBeLessThan(2500)
  })

  test('goes nowhere once something else was selected', async () => {
    const { state, range } = await rangeOf(1_000_000)
    void range.extend(5000)
    await vi.advanceTimersByTimeAsync(120)
    range.stop()
    await calm()
    expect(countSelected(state.selection, 1_000_000)).toBe(1)
  })

  test('up to the end of a million is all but what stands above it', async () => {
    const { state, range } = await rangeOf(1_000_000)
    void range.extend(999_989)
    await calm()
    expect(state.selection).toEqual({ kind: 'matching', except: new Set(ids(999_991, 1_000_000)) })
    expect(state.tooLong).toBe(0)
    void range.extend(999_999)
    await calm()
    expect(state.selection).toEqual(ALL_MATCHING)
  })

  test('that neither names nor leaves out few says so, and can still shrink', async () => {
    const { state, range } = await rangeOf(1_000_000)
    void range.extend(MOST_ROWS)
    await calm()
    expect(state.tooLong).toBe(1)
    void range.extend(MOST_ROWS - 1)
    await calm()
    expect(countSelected(state.selection, 1_000_000)).toBe(MOST_ROWS)
  })

  test('never drops what is selected outside of the list', async () => {
    const { state, range } = await rangeOf(1_000_000, withTasks(NOTHING, [1, 2_000_000], true))
    void range.extend(999_999)
    await calm()
    expect(state.tooLong).toBe(1)
    expect(countSelected(state.selection, 1_000_000)).toBe(2)
  })

  test('unselects as well', async () => {
    const { state, range } = await rangeOf(1_000_000, withTasks(ALL_MATCHING, [1], false), false)
    void range.extend(799)
    await calm()
    expect(state.selection).toEqual({ kind: 'matching', except: new Set(ids(1, 800)) })
  })
})
