import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { Filter } from '../../../model/filter.ts'
import { api } from '../../api.ts'
import { askFirst, firstSettled, rowsQuery, takeFirst, takeReady } from './first-rows.ts'

const PAGE = { tasks: [], people: [], next_cursor: null }
const LABEL: Filter = { conditions: [{ field: 'stage_id', op: 'any_of', value: [2] }] }

beforeEach(() => {
  vi.restoreAllMocks()
  vi.spyOn(api, 'get_task_summary').mockReturnValue(new Promise(() => undefined))
  vi.spyOn(api, 'list_tasks').mockResolvedValue(PAGE)
  vi.spyOn(api, 'count_tasks').mockResolvedValue({ total: 0 })
})

describe('the first rows', () => {
  test('are asked for once, and each answer is taken once', async () => {
    await askFirst(1, { filter: LABEL })
    await askFirst(1, { filter: LABEL })
    expect(api.list_tasks).toHaveBeenCalledOnce()
    const query = rowsQuery(1, LABEL, undefined)
    await expect(takeFirst('page', query)).resolves.toEqual(PAGE)
    expect(takeFirst('page', query)).toBeUndefined()
  })

  test('are taken at once where they are here, whole or not at all', async () => {
    const other = rowsQuery(2, undefined, undefined)
    expect(takeReady(other)).toBeNull()
    await askFirst(2, {})
    await firstSettled()
    expect(takeReady(other)).toEqual({ page: PAGE, total: 0 })
    expect(takeReady(other)).toBeNull()
    expect(takeFirst('page', other)).toBeUndefined()
    await askFirst(2, {})
    await firstSettled()
    await takeFirst('count', other)
    expect(takeReady(other)).toBeNull()
  })

  test('are not waited for longer than half a second, and are taken when they come', async () => {
    vi.useFakeTimers()
    let answer = (_: { total: number }) => {}
    vi.spyOn(api, 'count_tasks').mockReturnValue(new Promise((come) => { answer = come })) // biome-ignore format: one thought
    await askFirst(4, {})
    let isOver = false
    void firstSettled().then(() => { isOver = true }) // biome-ignore format: one thought
    await vi.advanceTimersByTimeAsync(499)
    expect(isOver).toBe(false)
    await vi.advanceTimersByTimeAsync(1)
    expect(isOver).toBe(true)

    const query = rowsQuery(4, undefined, undefined)
    await vi.advanceTimersByTimeAsync(10_000)
    answer({ total: 7 })
    await vi.advanceTimersByTimeAsync(0)
    // The rows that came ten seconds earlier may be others by now.
    expect(takeFirst('page', query)).toBeUndefined()
    await expect(takeFirst('count', query)).resolves.toEqual({ total: 7 })
    vi.useRealTimers()
  })

  test('that could not be read leave the asking to the page', async () => {
    vi.spyOn(api, 'list_tasks').mockRejectedValue(new Error('no connection'))
    await askFirst(3, {})
    await firstSettled()
    expect(takeReady(rowsQuery(3, undefined, undefined))).toBeNull()
  })

  test('of a saved view wait for the view', async () => {
    await askFirst(1, { view: 7 })
    expect(api.list_tasks).not.toHaveBeenCalled()
  })

  test.each([
    { filter: { conditions: [{ field: 'colour', op: 'any_of', value: ['red'] }] } },
    { filter: 'rubbish' },
    { sort: 'history' },
  ])('%j is known to be wrong: nothing is asked', async (search) => {
    await askFirst(1, search as never)
    expect(api.list_tasks).not.toHaveBeenCalled()
    expect(api.count_tasks).not.toHaveBeenCalled()
  })
})
