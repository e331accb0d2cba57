import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { meansEverythingSilently } from '../../../model/selection.ts'
import {
  ALL_MATCHING, countSelected, headerPressed, headerState, isSelected, NOTHING, type TaskSelection, toggled, toRequest,
  underOtherFilter, withoutGone, withTasks,
} from './selection-model.ts' // biome-ignore format: one list

const NO_FILTER = { conditions: [] }
const IN_LABEL = { conditions: [{ field: 'stage_id' as const, op: 'any_of' as const, value: [2] }] }

describe('tasks named one by one', () => {
  test('a task pressed twice is not selected', () => {
    const once = toggled(NOTHING, 7)
    expect(isSelected(once, 7)).toBe(true)
    expect(countSelected(once, 100)).toBe(1)
    expect(toggled(once, 7)).toEqual(NOTHING)
  })

  test('a range joins what was selected before', () => {
    const selection = withTasks(toggled(NOTHING, 1), [5, 6, 7], true)
    expect(toRequest(selection, IN_LABEL, 100)).toEqual({ ids: [1, 5, 6, 7] })
  })

  test('they stay selected under another filter', () => {
    const selection = withTasks(NOTHING, [1, 2], true)
    expect(underOtherFilter(selection)).toBe(selection)
  })
})

describe('all that match', () => {
  test('everything is said aloud when there is no filter', () => {
    const request = toRequest(ALL_MATCHING, NO_FILTER, 10_000)
    expect(request).toEqual({ filter: NO_FILTER, all: true })
    expect(meansEverythingSilently(request!)).toBe(false)
  })

  test('exceptions are counted and sent', () => {
    const selection = withTasks(ALL_MATCHING, [3, 4], false)
    expect(countSelected(selection, 10_000)).toBe(9_998)
    expect(isSelected(selection, 3)).toBe(false)
    expect(toRequest(selection, IN_LABEL, 10_000)).toEqual({ filter: IN_LABEL, except: [3, 4] })
  })

  test('an exception that left the filter is no exception any more', () => {
    const selection = withTasks(ALL_MATCHING, [3, 4], false)
    expect(countSelected(withoutGone(selection, new Set([4])), 9_999)).toBe(9_998)
  })

  test('it ends under another filter', () => {
    expect(underOtherFilter(ALL_MATCHING)).toEqual(NOTHING)
  })

  test('of nothing is nothing', () => {
    expect(toRequest(ALL_MATCHING, IN_LABEL, 0)).toBeNull()
    expect(headerState(ALL_MATCHING, [], 0)).toBe('none')
  })
})

describe('the header checkbox', () => {
  test('selects the loaded rows, then nothing', () => {
    const all = headerPressed(toggled(NOTHING, 2), [1, 2, 3], 50)
    expect(countSelected(all, 50)).toBe(3)
    expect(headerState(all, [1, 2, 3], 50)).toBe('all')
    expect(headerPressed(all, [1, 2, 3], 50)).toEqual(NOTHING)
  })

  test('is half when more rows were loaded since', () => {
    const all = headerPressed(NOTHING, [1, 2], 50)
    expect(headerState(all, [1, 2, 3], 50)).toBe('some')
  })

  test('of all matching: full, half with an exception', () => {
    expect(headerState(ALL_MATCHING, [1], 50)).toBe('all')
    expect(headerState(toggled(ALL_MATCHING, 1), [1], 50)).toBe('some')
  })
})

test('whatever is pressed, the count is the number of selected tasks', () => {
  const universe = Array.from({ length: 30 }, (_, i) => i + 1)
  const press = fc.record({ ids: fc.subarray(universe), isOn: fc.boolean() })
  fc.assert(
    fc.property(fc.boolean(), fc.array(press, { maxLength: 20 }), (isMatching, presses) => {
      let selection: TaskSelection = isMatching ? ALL_MATCHING : NOTHING
      for (const { ids, isOn } of presses) selection = withTasks(selection, ids, isOn)
      const selected = universe.filter((id) => isSelected(selection, id))
      expect(countSelected(selection, universe.length)).toBe(selected.length)
    }),
  )
})
