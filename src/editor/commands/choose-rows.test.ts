import { expect, test } from 'vitest'
import { chooseRow } from './choose-rows.ts'

const rows = ['a', 'b', 'c', 'd', 'e'].map((id) => ({ id }))
const NONE: ReadonlySet<string> = new Set()
const range = { isRange: true, isToggling: false }
const toggle = { isRange: false, isToggling: true }

test('a click takes the row alone, Ctrl one more or one less', () => {
  expect(chooseRow(rows, ['a', 'b'], 'b', 'd', { isRange: false, isToggling: false }, NONE)).toEqual(['d'])
  expect(chooseRow(rows, ['a'], 'a', 'c', toggle, NONE)).toEqual(['a', 'c'])
  expect(chooseRow(rows, ['a', 'c'], 'c', 'a', toggle, NONE)).toEqual(['c'])
})

test('Shift takes the rows from the last one to this, both ways, again and again from the same', () => {
  expect(chooseRow(rows, ['b'], 'b', 'd', range, NONE)).toEqual(['b', 'c', 'd'])
  expect(chooseRow(rows, ['b', 'c', 'd'], 'b', 'a', range, NONE)).toEqual(['b', 'a'])
  expect(chooseRow(rows, ['e', 'b'], 'b', 'd', { isRange: true, isToggling: true }, NONE)).toEqual(['e', 'b', 'c', 'd'])
})

test('Shift goes from what was selected on the image, and from nothing takes the row alone', () => {
  expect(chooseRow(rows, ['e'], 'a', 'c', range, NONE)).toEqual(['d', 'e', 'c'])
  expect(chooseRow(rows, [], 'a', 'c', range, NONE)).toEqual(['c'])
  expect(chooseRow(rows, ['gone'], null, 'c', range, NONE)).toEqual(['c'])
})

test('Shift leaves out the rows of what is hidden, but for the one that was clicked', () => {
  expect(chooseRow(rows, ['a'], 'a', 'd', range, new Set(['b', 'd']))).toEqual(['a', 'c', 'd'])
})
