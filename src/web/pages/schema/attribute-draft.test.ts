import { expect, test } from 'vitest'
import { type Attribute, labelSchemaProblem } from '../../../model/label-schema.ts'
import {
  addOptions,
  beginAnew,
  changeAttribute,
  depthOf,
  moveOption,
  newAttribute,
  possibleParents,
  removeAttribute,
  removeOption,
  renameOption,
  restoreAttribute,
  restoreOption,
  retype,
  startOf,
  withStart,
  withType,
} from './attribute-draft.ts'

const choice = (name: string, ...options: string[]): Attribute =>
  addOptions({ ...newAttribute([], name), type: 'radio' }, options)
const colour = choice('Colour', 'red', 'blue')
const optionsOf = ([attribute]: Attribute[]) => attribute?.options.map((o) => [o.id, o.name, o.is_removed ?? false])
const problemOf = (...global_attributes: Attribute[]) => labelSchemaProblem({ classes: [], global_attributes })

test('an option that was saved leaves its id behind: another never gets it, and its name brings it back', () => {
  const removed = removeOption([colour], 1, 2, colour)
  const green = removed.map((a) => addOptions(a, ['green']))
  expect(optionsOf(green)).toEqual([[1, 'red', false], [2, 'blue', true], [3, 'green', false]]) // biome-ignore format: rows
  expect(green.map((a) => restoreOption(a, 2))).toEqual([{ ...colour, options: [...colour.options, { id: 3, name: 'green' }] }]) // biome-ignore format: one line
  expect(removed.map((a) => addOptions(a, [' blue ']))).toEqual([colour])
})

test('an option that was never saved goes without a trace', () => {
  const typed = addOptions(colour, ['gren'])
  expect(removeOption([typed], 1, 3, colour)).toEqual([colour])
})

test('a renamed option keeps its id and its place; options are put in order', () => {
  expect(optionsOf([renameOption(colour, 1, 'crimson')])).toEqual([[1, 'crimson', false], [2, 'blue', false]]) // biome-ignore format: rows
  expect(moveOption(colour, 1, 'after', 2).options.map((o) => o.id)).toEqual([2, 1])
})

test('pasted lines are options each, without empty ones and those that are there', () => {
  expect(optionsOf([addOptions(colour, ['', 'green ', 'red', 'green'])])).toEqual([
    [1, 'red', false],
    [2, 'blue', false],
    [3, 'green', false],
  ])
})

test('an attribute that was saved leaves its id behind', () => {
  const removed = removeAttribute([colour], 1, true)
  expect(removed).toEqual([{ ...colour, is_removed: true }])
  expect(newAttribute(removed, 'Size').id).toBe(2)
  expect(restoreAttribute(removed, 1)).toEqual([colour])
  expect(removeAttribute([colour], 1, false)).toEqual([])
})

test('another type begins anew beside the old attribute, in its place and with its children', () => {
  const shade = { ...newAttribute([colour], 'Shade'), parent: { attribute_id: 1, option_id: 2 } }
  const many = beginAnew([colour, shade], 1, 'multi_select')
  expect(many).toEqual([
    { ...colour, is_removed: true },
    { ...colour, id: 3, type: 'multi_select' },
    { ...shade, parent: { attribute_id: 3, option_id: 2 } },
  ])
  expect(beginAnew([colour, shade], 1, 'text').slice(1)).toEqual([
    { ...colour, id: 3, type: 'text', options: [] },
    { ...shade, parent: null },
  ])
})

test('the way to another type and back keeps the options of the saved attribute', () => {
  const text = withType(colour, 'text', colour)
  expect(text.options).toEqual([])
  expect(withType(text, 'dropdown', colour)).toEqual({ ...colour, type: 'dropdown' })
})

test('an attribute is never offered its own descendants, nor what was removed; orphans are freed', () => {
  const shape = choice('Shape', 'round', 'odd')
  const child = { ...newAttribute([shape], 'How'), parent: { attribute_id: 1, option_id: 2 } }
  const all = [shape, child]
  expect(problemOf(...all)).toBeNull()
  expect(possibleParents(all, child.id).map((p) => p.option.name)).toEqual(['round', 'odd'])
  expect(possibleParents(all, shape.id)).toEqual([])
  const grandchild = { ...newAttribute(all, 'Where'), parent: { attribute_id: child.id, option_id: 1 } }
  expect([shape, child, grandchild].map((a) => depthOf([...all, grandchild], a))).toEqual([0, 1, 2])
  expect(removeAttribute(all, shape.id, false)).toEqual([{ ...child, parent: null }])
  expect(changeAttribute(all, { ...shape, type: 'text', options: [] })[1]?.parent).toBeNull()
  const without = removeOption(all, 1, 2, shape)
  expect(without[1]).toEqual(child)
  const other = newAttribute(without, 'Else')
  expect(possibleParents([...without, other], other.id).map((p) => p.option.name)).toEqual(['round'])
  expect(possibleParents(without, child.id).map((p) => p.option.name)).toEqual(['round', 'odd'])
})

test('what new objects begin with goes with its option or its type', () => {
  const odd = withStart(colour, '2')
  expect([startOf(colour), startOf(odd), startOf(withStart(odd, 'last')), startOf(withStart(odd, ''))]).toEqual(['', '2', 'last', '']) // biome-ignore format: one line
  expect(problemOf(odd)).toBeNull()
  expect(problemOf(withStart(colour, '7'))).toMatch(/cannot begin/)
  expect(removeOption([odd], 1, 2, odd).map(startOf)).toEqual([''])
  expect(removeOption([odd], 1, 1, odd).map(startOf)).toEqual(['2'])
  expect([startOf(withType(odd, 'text', undefined)), startOf(withType(odd, 'dropdown', odd))]).toEqual(['', '2'])
  expect(withStart(withType(odd, 'checkbox', undefined), 'checked')).toMatchObject({ initial: true, options: [] })
})

test('another type leaves what was typed meanwhile', () => {
  const typed = { ...colour, name: 'Colour of the car' }
  expect(retype([typed], colour.id, 'dropdown', colour)).toEqual([{ ...typed, type: 'dropdown' }])
})
