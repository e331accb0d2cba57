import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { meansEverythingSilently } from '../../../model/selection.ts'
import {
  ALL_MATCHING, countSelected, headerPressed, headerState, isSelected, NOTHING, type TaskSelection, toggled,
  tooManyNamed, toRequest, withTasks,
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

  test('are asked for also where more exceptions were made than tasks are left: they may have left the filter', () => {
    const selection = withTasks(ALL_MATCHING, [1, 2, 3, 4, 5, 6], false)
    expect(toRequest(selection, IN_LABEL, 4)).toEqual({ filter: IN_LABEL, except: [1, 2, 3, 4, 5, 6] })
    const counted = 4
    expect(headerState(selection, counted)).toBe('some')
  })

  test('of nothing is nothing', () => {
    expect(toRequest(ALL_MATCHING, IN_LABEL, 0)).toBeNull()
    expect(headerState(ALL_MATCHING, 0)).toBe('none')
  })
})

test('more than 100,000 named one by one are nothing to ask for', () => {
  const some = Array.from({ length: 100_000 }, (_, i) => i + 1)
  for (const start of [NOTHING, ALL_MATCHING]) {
    const most = withTasks(start, some, start === NOTHING)
    expect(tooManyNamed(most)).toBe(false)
    expect(toRequest(most, NO_FILTER, 1_000_000)).not.toBeNull()
    const more = withTasks(most, [100_001], start === NOTHING)
    expect(tooManyNamed(more)).toBe(true)
    expect(toRequest(more, NO_FILTER, 1_000_000)).toBeNull()
  }
})

describe('the header checkbox', () => {
  test('selects everything under the filter, then nothing', () => {
    const all = headerPressed(toggled(NOTHING, 2), 50)
    expect(countSelected(all, 50)).toBe(50)
    expect(headerState(all, 50)).toBe('all')
    expect(headerPressed(all, 50)).toEqual(NOTHING)
  })

  test('is half with tasks named one by one, and with an exception', () => {
    expect(headerState(toggled(NOTHING, 1), 50)).toBe('some')
    expect(headerState(toggled(ALL_MATCHING, 1), 50)).toBe('some')
    expect(headerPressed(toggled(ALL_MATCHING, 1), 50)).toEqual(ALL_MATCHING)
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
