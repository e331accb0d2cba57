import { expect, it } from 'vitest'
import type { LabelSchema } from '../../../model/label-schema.ts'
import { firstMissing } from './missing-attributes.ts'

const attribute = (id: number, name: string, is_required: boolean) => ({
  id,
  name,
  type: 'text' as const,
  is_required,
  options: [],
  parent: null,
})
const schema: LabelSchema = {
  classes: [
    {
      id: 1,
      name: 'Car',
      color: '#000000',
      hotkey: null,
      geometries: ['box'],
      attributes: [attribute(1, 'Colour', true), attribute(2, 'Make', false)],
      is_removed: false,
    },
    { id: 2, name: 'Tree', color: '#000000', hotkey: null, geometries: ['box'], attributes: [], is_removed: false },
  ],
  global_attributes: [attribute(5, 'Weather', true)],
}
const object = (id: string, class_id: number, attributes = {}) => ({
  id, class_id, attributes, author_id: null, shape: { type: 'box' as const, x: 0, y: 0, width: 1, height: 1 },
}) // biome-ignore format: one list

it('points at the first object that lacks a required value, and counts the rest', () => {
  const objects = [object('a', 2), object('b', 1, { 1: 'red' }), object('c', 1), object('d', 1)]
  expect(firstMissing({ objects, global_attributes: {} }, schema)).toEqual({
    object_id: 'c', number: 3, class_name: 'Car', attribute: 'Colour', total: 3,
  }) // biome-ignore format: one list
})

it('then at the image itself, then at nothing', () => {
  const objects = [object('b', 1, { 1: 'red' })]
  expect(firstMissing({ objects, global_attributes: {} }, schema)).toMatchObject({
    object_id: null,
    attribute: 'Weather',
    total: 1,
  })
  expect(firstMissing({ objects, global_attributes: { 5: 'rain' } }, schema)).toBeNull()
})
