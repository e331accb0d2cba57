import { describe, expect, test } from 'vitest'
import { ALL_MATCHING, NOTHING, type TaskSelection, withTasks } from '../selection-model.ts'
import { fromText, moved, selected, selectionOf, toText, type Visit } from './visit.ts'

const start: Visit = { key: 'a', filter: 'F', remembered: null }
const some = withTasks(NOTHING, [3, 4], true)
const allButOne = withTasks(ALL_MATCHING, [7], false)
/** The page anew on an entry, with what the tab remembers. */
const opened = (visit: Visit, key: string, filter: string): Visit => ({
  key,
  filter,
  remembered: fromText(toText(visit.remembered!)),
})

describe('tasks named one by one', () => {
  const visit = selected(start, some)
  test('survive sorting, another filter, and the way back', () => {
    const sorted = moved(visit, 'b', 'F')
    const filtered = moved(sorted, 'c', 'G')
    expect(selectionOf(filtered)).toBe(some)
    const more = selected(filtered, withTasks(some, [5], true))
    expect(selectionOf(moved(more, 'a', 'F'))).toEqual({ kind: 'ids', ids: new Set([3, 4, 5]) })
  })
  test('survive a reload, and the way back from another page', () => {
    const sorted = moved(visit, 'b', 'F')
    expect(selectionOf(opened(sorted, 'b', 'F'))).toEqual(some)
    expect(selectionOf(opened(sorted, 'a', 'F'))).toEqual(some)
  })
  test('are not there for a link that opens the page anew', () => {
    expect(selectionOf(opened(visit, 'z', 'F'))).toBe(NOTHING)
  })
})

describe('all matching', () => {
  const visit = selected(start, allButOne)
  test('survives sorting and a reload with its exceptions', () => {
    expect(selectionOf(moved(visit, 'b', 'F'))).toBe(allButOne)
    expect(selectionOf(opened(visit, 'a', 'F'))).toEqual(allButOne)
  })
  test('ends under another filter, and is there again on the way back', () => {
    const filtered = moved(visit, 'b', 'G')
    expect(selectionOf(filtered)).toBe(NOTHING)
    expect(selectionOf(moved(filtered, 'a', 'F'))).toBe(allButOne)
  })
  test('is not there when the same filter is set anew', () => {
    expect(selectionOf(moved(moved(visit, 'b', 'G'), 'c', 'F'))).toBe(NOTHING)
  })
  test('never stands under a filter that is not its own, whatever entry', () => {
    expect(selectionOf({ ...visit, filter: 'G' })).toBe(NOTHING)
  })
  test('gives way to what is selected under the other filter', () => {
    const other = selected(moved(visit, 'b', 'G'), some)
    expect(selectionOf(other)).toBe(some)
    // It was made on b, and the filter of a came before it: named tasks go along.
    expect(selectionOf(moved(other, 'a', 'F'))).toBe(some)
  })
})

test('nothing is nothing everywhere', () => {
  const cleared = selected(moved(selected(start, some), 'b', 'F'), NOTHING)
  expect(selectionOf(moved(cleared, 'a', 'F'))).toBe(NOTHING)
})

test('a long way through the page keeps the last entries', () => {
  let visit = selected(start, some)
  for (let i = 0; i < 500; i++) visit = moved(visit, `k${i}`, 'F')
  expect(visit.remembered?.keys.length).toBe(200)
  expect(selectionOf(moved(visit, 'k499', 'F'))).toBe(some)
})

test.each(['', 'null', '{', '[]', '{"keys":[],"filter":1}', '{"keys":["a"],"filter":"F","ids":["x"]}'])(
  '%j is no selection',
  (text) => {
    expect(fromText(text)).toBeNull()
  },
)

test('what is kept comes back', () => {
  for (const selection of [some, allButOne, ALL_MATCHING] as TaskSelection[]) {
    const remembered = { selection, filter: '[["a",1]]', keys: ['a', 'b'] }
    expect(fromText(toText(remembered))).toEqual(remembered)
  }
})
