import { describe, expect, it } from 'vitest'
import { type LabelSchema, labelSchemaProblem } from '../../../model/label-schema.ts'
import {
  depthOf,
  moveClass,
  newAttribute,
  newClass,
  possibleParents,
  removeAttribute,
  removeClass,
  restoreClass,
  shiftClass,
  startOf,
  withOptions,
  withStart,
  withType,
} from './draft.ts'

function withClasses(...names: string[]): LabelSchema {
  const schema: LabelSchema = { classes: [], global_attributes: [] }
  for (const name of names) schema.classes.push(newClass(schema, name))
  return schema
}
const namesOf = (schema: LabelSchema) => schema.classes.filter((c) => !c.is_removed).map((c) => c.name)

describe('editing a schema that is not saved yet', () => {
  it('gives new classes their own id, name, colour and key', () => {
    const { classes } = withClasses('Car', 'Car', 'Tree')
    expect(classes.map((c) => c.id)).toEqual([1, 2, 3])
    expect(classes.map((c) => c.name)).toEqual(['Car', 'Car 2', 'Tree'])
    expect(new Set(classes.map((c) => c.color)).size).toBe(3)
    expect(classes.map((c) => c.hotkey)).toEqual(['1', '2', '3'])
  })

  it('moves classes without changing their ids, past removed ones too', () => {
    const schema = removeClass(withClasses('A', 'B', 'C'), 2, true)
    const moved = shiftClass(schema, 3, -1)
    expect(namesOf(moved)).toEqual(['C', 'A'])
    expect(moved.classes.find((c) => c.name === 'C')?.id).toBe(3)
    expect(namesOf(shiftClass(moved, 3, 1))).toEqual(['A', 'C'])
    expect(namesOf(shiftClass(schema, 1, -1))).toEqual(['A', 'C'])
    expect(namesOf(moveClass(schema, 1, null))).toEqual(['C', 'A'])
  })

  it('keeps the id of a saved class that is removed, and restores it', () => {
    const removed = removeClass(withClasses('A', 'B'), 1, true)
    expect(removed.classes.map((c) => [c.id, c.is_removed, c.hotkey])).toEqual([
      [1, true, null],
      [2, false, '2'],
    ])
    expect(newClass(removed, 'D').id).toBe(3)
    expect(namesOf(restoreClass(removed, 1))).toEqual(['A', 'B'])
    expect(removeClass(withClasses('A', 'B'), 1, false).classes).toHaveLength(1)
  })

  it('keeps option ids by name, never offers an attribute its own descendants, and frees orphans', () => {
    const shape = withOptions({ ...newAttribute([], 'Shape'), type: 'radio' }, ['round', 'odd'])
    expect(withOptions(shape, ['odd', 'flat']).options).toEqual([
      { id: 2, name: 'odd' },
      { id: 3, name: 'flat' },
    ])
    const child = { ...newAttribute([shape], 'How'), parent: { attribute_id: shape.id, option_id: 2 } }
    const all = [shape, child]
    expect(labelSchemaProblem({ classes: [], global_attributes: all })).toBeNull()
    expect(possibleParents(all, child.id).map((p) => p.option.name)).toEqual(['round', 'odd'])
    expect(possibleParents(all, shape.id)).toEqual([])
    const grandchild = { ...newAttribute(all, 'Where'), parent: { attribute_id: child.id, option_id: 1 } }
    expect([shape, child, grandchild].map((a) => depthOf([...all, grandchild], a))).toEqual([0, 1, 2])
    expect(removeAttribute(all, shape.id)).toEqual([{ ...child, parent: null }])
  })

  it('what new objects begin with goes with its option or its type', () => {
    const shape = withOptions({ ...newAttribute([], 'Shape'), type: 'radio' }, ['round', 'odd'])
    const odd = withStart(shape, '2')
    expect([startOf(shape), startOf(odd), startOf(withStart(odd, 'last')), startOf(withStart(odd, ''))]).toEqual(['', '2', 'last', '']) // biome-ignore format: one line
    expect(labelSchemaProblem({ classes: [], global_attributes: [odd] })).toBeNull()
    expect(labelSchemaProblem({ classes: [], global_attributes: [withStart(shape, '7')] })).toMatch(/cannot begin/)
    expect([startOf(withOptions(odd, ['round'])), startOf(withOptions(odd, ['odd']))]).toEqual(['', '2'])
    expect(startOf(withType(odd, 'text'))).toBe('')
    expect(withStart(withType(odd, 'checkbox'), 'checked')).toMatchObject({ initial: true, options: [] })
  })
})
