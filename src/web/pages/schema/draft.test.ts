import { describe, expect, it } from 'vitest'
import { type Attribute, type LabelSchema, labelSchemaProblem } from '../../../model/label-schema.ts'
import { newAttribute, removeAttribute, removeOption, renameOption, withType } from './attribute-draft.ts'
import {
  changeAttributes,
  changeClass,
  moveClass,
  newClass,
  removeClass,
  restoreClass,
  shiftClass,
  toSend,
  typedColor,
  typedHotkey,
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

  it('what is removed is sent as it was saved: what was left half done of it hinders nothing, and comes back with it', () => {
    const size: Attribute = { ...newAttribute([], 'Size'), type: 'radio', options: [{ id: 1, name: 'small' }, { id: 2, name: 'large' }] } // biome-ignore format: one line
    const kind = newAttribute([size], 'Kind')
    const saved = changeClass(withClasses('Car', 'Tree'), 1, { attributes: [size, kind] })
    const halfDone = changeAttributes(changeClass(saved, 1, { name: ' ' }), 1, ([a, b]) => [a as Attribute, withType(b as Attribute, 'radio', kind)]) // biome-ignore format: one line
    expect(labelSchemaProblem(halfDone)).not.toBeNull()
    const removed = removeClass(halfDone, 1, true)
    expect(toSend(removed, saved)).toEqual(removeClass(saved, 1, true))
    expect(restoreClass(removed, 1).classes[0]?.attributes[1]?.type).toBe('radio')
    const unnamed = changeAttributes(saved, 1, ([a, b]) => [renameOption(a as Attribute, 2, ''), { ...(b as Attribute), name: '' }]) // biome-ignore format: one line
    const without = changeAttributes(unnamed, 1, (all) => removeAttribute(removeOption(all, 1, 2, size), 2, true))
    expect(toSend(without, saved)).toEqual(
      changeAttributes(saved, 1, (all) => removeAttribute(removeOption(all, 1, 2, size), 2, true)),
    )
  })

  it('nor does a skeleton with an unnamed point where none is allowed any more', () => {
    const drawn = (name: string) => ({ points: [{ id: 1, name, x: 0, y: 0 }], edges: [] })
    const sent = (skeleton?: ReturnType<typeof drawn>) => {
      const saved = changeClass(withClasses('Car'), 1, skeleton ? { skeleton } : {})
      return toSend(changeClass(saved, 1, { skeleton: drawn('') }), saved).classes[0]?.skeleton
    }
    expect([sent(drawn('nose')), sent()]).toEqual([drawn('nose'), undefined])
    const saved = withClasses('Car')
    expect(toSend(changeClass(saved, 1, { skeleton: drawn('tail') }), saved).classes[0]?.skeleton).toEqual(
      drawn('tail'),
    )
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
