import { describe, expect, it } from 'vitest'
import type { LabelSchema } from '../../../model/label-schema.ts'
import { moveClass, newClass, removeClass, restoreClass, shiftClass, typedColor, typedHotkey } from './draft.ts'

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
    expect(namesOf(shiftClass(schema, 3, 1))).toEqual(['A', 'C'])
  })

  it('a class goes before or after the one it is dropped on: to the next place and to the last too', () => {
    const schema = withClasses('A', 'B', 'C')
    expect(namesOf(moveClass(schema, 1, 'after', 2))).toEqual(['B', 'A', 'C'])
    expect(namesOf(moveClass(schema, 1, 'after', 3))).toEqual(['B', 'C', 'A'])
    expect(namesOf(moveClass(schema, 3, 'before', 1))).toEqual(['C', 'A', 'B'])
    expect(namesOf(moveClass(schema, 2, 'after', 2))).toEqual(['A', 'B', 'C'])
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

  it('takes a colour once it is whole, and the key that was typed on either side of the one that is there', () => {
    expect(['#3E63dd', ' 3e63dd', '#3e63d', '#3e63dd0', 'red', ''].map(typedColor)).toEqual([
      '#3e63dd', '#3e63dd', null, null, null, null,
    ]) // biome-ignore format: a list
    expect(['ba', 'ab', 'AB', 'aa', 'a!', ''].map((text) => typedHotkey(text, 'a'))).toEqual([
      'b', 'b', 'b', 'a', 'a', null,
    ]) // biome-ignore format: a list
    expect(['x', '!', ''].map((text) => typedHotkey(text, null))).toEqual(['x', null, null])
  })
})
