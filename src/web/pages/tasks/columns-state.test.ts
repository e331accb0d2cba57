import { expect, test } from 'vitest'
import { TASK_FIELD_NAMES } from '../../../model/task-fields.ts'
import {
  DEFAULT_COLUMNS, fitFrozen, moved, nudged, parseColumns, shownColumns, withPinned, withShown, withWidth,
} from './columns-state.ts' // biome-ignore format: one list

const names = (state = DEFAULT_COLUMNS) => shownColumns(state).map((c) => c.name)

const pinned = (state = DEFAULT_COLUMNS) =>
  shownColumns(state)
    .filter((c) => c.isFrozen)
    .map((c) => c.name)

test('image and name come first and stay; the name always does', () => {
  expect(pinned()).toEqual(['thumbnail', 'name'])
  expect(names(withShown(DEFAULT_COLUMNS, 'name', false))).toContain('name')
  expect(pinned(withPinned(DEFAULT_COLUMNS, 'name', false))).toEqual(['thumbnail', 'name'])
  expect(pinned(moved(DEFAULT_COLUMNS, 'name', 'before', 'split'))).toEqual(['thumbnail', 'name'])
})

test('any column is pinned beside them, and goes back to its place', () => {
  const state = withPinned(DEFAULT_COLUMNS, 'split', true)
  expect(pinned(state)).toEqual(['thumbnail', 'name', 'split'])
  expect(withPinned(state, 'split', false)).toEqual(DEFAULT_COLUMNS)
  expect(pinned(withPinned(state, 'thumbnail', false))).toEqual(['name', 'split'])
})

test('a column that is dragged among the pinned ones is pinned, and dragged out of them it is not', () => {
  const state = moved(DEFAULT_COLUMNS, 'split', 'before', 'name')
  expect(pinned(state)).toEqual(['thumbnail', 'split', 'name'])
  const back = moved(state, 'split', 'before', 'stage_id')
  expect(pinned(back)).toEqual(['thumbnail', 'name'])
  expect(names(back)[2]).toBe('split')
  expect(pinned(moved(DEFAULT_COLUMNS, 'split', 'after', 'name'))).toEqual(['thumbnail', 'name', 'split'])
})

test('pinned columns leave room for the others', () => {
  const state = withPinned(withPinned(DEFAULT_COLUMNS, 'split', true), 'batch_id', true)
  const columns = shownColumns(state)
  const frozen = (width: number) => fitFrozen(columns, width).filter((c) => c.isFrozen).length
  expect([frozen(2000), frozen(800), frozen(100)]).toEqual([4, 3, 0])
  expect(fitFrozen(columns, 2000)).toBe(columns)
})

test('a column is dragged before another, and to the end', () => {
  expect(names(moved(DEFAULT_COLUMNS, 'split', 'before', 'stage_id')).slice(2, 4)).toEqual(['split', 'stage_id'])
  expect(names(moved(DEFAULT_COLUMNS, 'stage_id', 'after', 'history')).at(-1)).toBe('stage_id')
})

test('a key moves it past the next shown column, not past hidden ones, nor in or out of the pinned', () => {
  const right = nudged(DEFAULT_COLUMNS, 'stage_id', 1)
  expect(names(right).slice(2, 4)).toEqual(['assignee_id', 'stage_id'])
  expect(names(nudged(right, 'stage_id', -1))).toEqual(names())
  expect(nudged(DEFAULT_COLUMNS, 'stage_id', -1)).toBe(DEFAULT_COLUMNS)
  expect(names(nudged(DEFAULT_COLUMNS, 'name', -1)).slice(0, 2)).toEqual(['name', 'thumbnail'])
})

test('a width stays between its limits and can be reset', () => {
  expect(withWidth(DEFAULT_COLUMNS, 'split', 5).widths.split).toBe(56)
  expect(withWidth(withWidth(DEFAULT_COLUMNS, 'split', 300), 'split', null).widths).toEqual({})
})

test('what was kept comes back', () => {
  const shown = withPinned(withShown(DEFAULT_COLUMNS, 'folder', true), 'folder', true)
  const state = withWidth(moved(shown, 'split', 'before', 'stage_id'), 'name', 333)
  expect(parseColumns(JSON.stringify(state))).toEqual(state)
})

test('what does not fit is left out, and columns that are new are added', () => {
  const old = {
    order: ['split', 'colour', 'name'],
    hidden: ['colour'],
    widths: { split: 'wide', name: 100 },
    density: 'huge',
  }
  const state = parseColumns(JSON.stringify(old))
  expect([...state.order].sort()).toEqual([...TASK_FIELD_NAMES].sort())
  expect(state.widths).toEqual({ name: 100 })
  expect(state.density).toBe('normal')
  expect(state.pinned).toEqual(['thumbnail', 'name'])
  expect(names(state)).not.toContain('folder')
  expect(parseColumns('{')).toEqual(DEFAULT_COLUMNS)
})
