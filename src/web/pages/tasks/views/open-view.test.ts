import { describe, expect, test } from 'vitest'
import { filterOf, parseTaskSearch } from '../../../task-search.ts'
import { DEFAULT_COLUMNS, withShown, withWidth } from '../columns-state.ts'
import {
  columnsForUrl, columnsOf, contentOf, differsFromView, filterForUrl, needsName, pressedSort, shownBy, sortForUrl,
} from './open-view.ts' // biome-ignore format: one list

const IN_LABEL = filterOf({ field: 'stage_id', op: 'any_of', value: [2] })
const NOTHING = filterOf()
/** As the database gives it back: fields in another order. */
const view = {
  filter: { conditions: [{ op: 'any_of', field: 'stage_id', value: [2] }] },
  sort: '-priority' as string | null,
  columns: contentOf({ filter: IN_LABEL, sort: undefined }, withWidth(DEFAULT_COLUMNS, 'name', 300)).columns,
}

describe('the filter', () => {
  test('is the view’s until the URL says another', () => {
    expect(shownBy({ view: 1 }, view).filter).toBe(view.filter)
    expect(shownBy({ view: 1, filter: NOTHING }, view).filter).toBe(NOTHING)
  })
  test('goes out of the URL when it is the view’s again', () => {
    expect(filterForUrl(IN_LABEL, view)).toBeUndefined()
    expect(filterForUrl(NOTHING, view)).toEqual(NOTHING)
    expect(filterForUrl(NOTHING, undefined)).toBeUndefined()
    expect(filterForUrl(IN_LABEL, undefined)).toBe(IN_LABEL)
  })
  test('without conditions it survives the URL beside a view only', () => {
    expect(parseTaskSearch({ view: 1, filter: NOTHING })).toEqual({ view: 1, filter: NOTHING })
    expect(parseTaskSearch({ filter: NOTHING })).toEqual({})
    expect(parseTaskSearch({ view: 'none', filter: NOTHING })).toEqual({ view: 'none' })
    expect(parseTaskSearch({ view: 1, filter: '' })).toEqual({ view: 1 })
  })
})

describe('the order', () => {
  test('goes round: up, down, usual; the usual one is said where the view has another', () => {
    const press = (sort: string | undefined) => sortForUrl(pressedSort('priority', shownBy({ ...(sort ? { sort } : {}) }, view).sort), view)
    const once = press(undefined)
    expect(once).toBe('-id')
    expect(shownBy({ sort: '-id' }, view).sort).toBeUndefined()
    expect(press(once)).toBe('priority')
    expect(press('priority')).toBeUndefined()
  })
  test('without a view nothing is said for the usual one', () => {
    expect(sortForUrl(undefined, undefined)).toBeUndefined()
    expect(sortForUrl('name', undefined)).toBe('name')
    expect(sortForUrl(undefined, { filter: NOTHING, sort: '-id' })).toBeUndefined()
  })
}) // biome-ignore format: long lines

describe('the columns', () => {
  test('only the parts that differ are in the URL, and they come back', () => {
    expect(columnsForUrl(columnsOf(view, undefined), view)).toBeUndefined()
    const wide = withWidth(columnsOf(view, undefined), 'split', 200)
    expect(columnsForUrl(wide, view)).toEqual({ widths: { name: 300, split: 200 } })
    const all = withShown({ ...wide, density: 'tall' }, 'folder', true)
    const changed = columnsForUrl(all, view)
    expect(Object.keys(changed ?? {}).sort()).toEqual(['density', 'hidden', 'widths'])
    expect(columnsForUrl(columnsOf(view, changed), view)).toEqual(changed)
  })
  test('the order of widths is no difference', () => {
    const saved = { columns: { ...view.columns, widths: { split: 100, name: 300 } } }
    expect(columnsForUrl(columnsOf({ columns: { ...view.columns, widths: { name: 300, split: 100 } } }, undefined), saved)).toBeUndefined()
  })
  test('without a view they are not in the URL at all', () => {
    expect(parseTaskSearch({ columns: { density: 'tall' } })).toEqual({})
    expect(parseTaskSearch({ view: 3, columns: 'tall' })).toEqual({ view: 3 })
  })
}) // biome-ignore format: long lines

test('a view that is shown as it was saved does not differ', () => {
  expect(differsFromView({ view: 1, task: 5 })).toBe(false)
  expect(differsFromView({ view: 1, filter: NOTHING })).toBe(true)
  expect(differsFromView({ view: 1, columns: {} })).toBe(true)
})

test('all tasks need a name only where the page opens with something else', () => {
  expect(needsName({}, { default_view_id: 3 })).toBe(true)
  expect(needsName({}, { default_view_id: null })).toBe(false)
  expect(needsName({ sort: 'name' }, { default_view_id: 3 })).toBe(false)
  expect(needsName({ view: 'none' }, { default_view_id: 3 })).toBe(false)
})
