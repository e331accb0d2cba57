import { expect, test } from 'vitest'
import { TASK_FIELD_NAMES } from '../../../model/task-fields.ts'
import { DEFAULT_COLUMNS, moved, nudged, parseColumns, shownColumns, withShown, withWidth } from './columns-state.ts'

const names = (state = DEFAULT_COLUMNS) => shownColumns(state).map((c) => c.name)

test('image and name come first and are frozen', () => {
  expect(
    shownColumns(DEFAULT_COLUMNS)
      .filter((c) => c.isFrozen)
      .map((c) => c.name),
  ).toEqual(['thumbnail', 'name'])
  expect(moved(DEFAULT_COLUMNS, 'name', 'split')).toBe(DEFAULT_COLUMNS)
  expect(names(withShown(DEFAULT_COLUMNS, 'name', false))).toContain('name')
})

test('a column is dragged before another, and to the end', () => {
  expect(names(moved(DEFAULT_COLUMNS, 'split', 'stage_id')).slice(2, 4)).toEqual(['split', 'stage_id'])
  expect(names(moved(DEFAULT_COLUMNS, 'stage_id', null)).at(-1)).toBe('stage_id')
  expect(names(moved(DEFAULT_COLUMNS, 'split', 'thumbnail'))[2]).toBe('split')
})

test('a key moves it past the next shown column, not past hidden ones', () => {
  const right = nudged(DEFAULT_COLUMNS, 'stage_id', 1)
  expect(names(right).slice(2, 4)).toEqual(['assignee_id', 'stage_id'])
  expect(names(nudged(right, 'stage_id', -1))).toEqual(names())
  expect(nudged(DEFAULT_COLUMNS, 'stage_id', -1)).toBe(DEFAULT_COLUMNS)
})

test('a width stays between its limits and can be reset', () => {
  expect(withWidth(DEFAULT_COLUMNS, 'split', 5).widths.split).toBe(56)
  expect(withWidth(withWidth(DEFAULT_COLUMNS, 'split', 300), 'split', null).widths).toEqual({})
})

test('what was kept comes back', () => {
  const state = withWidth(moved(withShown(DEFAULT_COLUMNS, 'folder', true), 'split', 'stage_id'), 'name', 333)
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
  expect(names(state)).not.toContain('folder')
  expect(parseColumns('{')).toEqual(DEFAULT_COLUMNS)
})
