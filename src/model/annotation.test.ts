import { expect, test } from 'vitest'
import { type AnnotationDocument, type AnnotationObject, countClasses, documentProblem } from './annotation.ts'
import type { Attribute, AttributeValues, LabelClass, LabelSchema } from './label-schema.ts'
import { countsText } from './shapes/rle.ts'

const text = { name: 'note', type: 'text' as const, is_required: false, options: [], parent: null }
const SCHEMA: LabelSchema = {
  classes: [
    {
      id: 1,
      name: 'car',
      color: '#e5484d',
      hotkey: null,
      geometries: ['box'],
      attributes: [{ id: 5, ...text }],
      is_removed: false,
    },
    { id: 2, name: 'old', color: '#e5484d', hotkey: null, geometries: ['point'], attributes: [], is_removed: true },
  ],
  global_attributes: [{ id: 9, ...text }],
}
const IMAGE = { width: 4, height: 3 }
const box = (id: string, fields: Partial<AnnotationObject> = {}): AnnotationObject => ({
  id,
  class_id: 1,
  shape: { type: 'box', x: 0, y: 0, width: 2, height: 2 },
  attributes: {},
  author_id: null,
  ...fields,
})
const doc = (objects: AnnotationObject[], global_attributes = {}): AnnotationDocument => ({
  objects,
  global_attributes,
})

test('a document that fits the schema has no problem, objects of removed classes included', () => {
  const objects = [
    box('a', { attributes: { 5: 'blue' } }),
    box('b', { class_id: 2, shape: { type: 'point', x: 1, y: 1 } }),
  ]
  expect(documentProblem(doc(objects, { 9: 'dusk' }), SCHEMA, IMAGE)).toBeNull()
  expect(documentProblem(doc([]), SCHEMA, IMAGE)).toBeNull()
})

test.each<[AnnotationDocument, string]>([
  [doc([box('a'), box('a')]), 'objects[1].id “a” occurs twice'],
  [doc([box('a', { class_id: 7 })]), 'objects[0].class_id 7'],
  [doc([box('a'), box('b', { shape: { type: 'point', x: 1, y: 1 } })]), 'objects[1].shape'],
  [doc([box('a', { attributes: { 6: 'x' } })]), 'objects[0].attributes'],
  [doc([], { 5: 'x' }), 'global_attributes'],
])('%j: %s', (document, problem) => {
  expect(documentProblem(document, SCHEMA, IMAGE)).toContain(problem)
})

const option = (id: number) => ({ id, name: `option ${id}` })
const attribute = (id: number, type: Attribute['type'], ...options: number[]): Attribute => ({
  ...text,
  id,
  type,
  options: options.map(option),
})
const CHOICES: LabelSchema = {
  classes: (SCHEMA.classes as LabelClass[]).map((c) => ({
    ...c,
    geometries: ['box'],
    attributes: [attribute(5, c.id === 1 ? 'number' : 'text'), attribute(6, 'radio', 1, 2), attribute(7, 'multi_select', 1)],
  })),
  global_attributes: [attribute(9, 'checkbox'), { ...attribute(10, 'dropdown'), options: [{ ...option(3), is_removed: true }] }],
} // biome-ignore format: one table

test('values must be of their attribute’s type, and options there must be, if only as removed ones', () => {
  const good = doc([box('a', { attributes: { 5: 0, 6: 2, 7: [] } }), box('b')], { 9: false, 10: 3 })
  expect(documentProblem(good, CHOICES, IMAGE)).toBeNull()
  for (const attributes of [{ 5: '0' }, { 6: 3 }, { 6: [1] }, { 7: 1 }, { 7: [1, 2] }] as AttributeValues[])
    expect(documentProblem(doc([box('a'), box('b', { attributes })]), CHOICES, IMAGE)).toContain('objects[1].attributes')
  for (const values of [{ 9: 1 }, { 10: 'wet' }, { 10: 4 }])
    expect(documentProblem(doc([], values), CHOICES, IMAGE)).toContain('global_attributes')
}) // biome-ignore format: a table

test('a value that stood there before stays as it was, in an object of the same class', () => {
  const before = doc([box('a', { attributes: { 5: 'seven', 7: [4] } })], { 10: 'wet' })
  const after = (fields: object, values = {}) => documentProblem(doc([box('a', fields)], values), CHOICES, IMAGE, before)
  expect(after({ attributes: { 5: 'seven', 6: 1, 7: [4] } }, { 9: true, 10: 'wet' })).toBeNull()
  expect(after({ attributes: { 5: 'eight' } })).toContain('objects[0].attributes')
  expect(after({ class_id: 2, attributes: { 7: [4] } })).toContain('objects[0].attributes')
  expect(after({}, { 10: 'dry' })).toContain('global_attributes')
  const other = doc([box('b', { attributes: { 5: 'seven' } })])
  expect(documentProblem(other, CHOICES, IMAGE, before)).toContain('objects[0].attributes')
}) // biome-ignore format: long lines

test.each<[object, string]>([
  [{ type: 'mask', x: 0, y: 0, width: 2, height: 2, counts: countsText([1, 2]) }, 'counts of 3 pixels for 2 × 2'],
  [
    { type: 'mask', x: 3, y: 0, width: 2, height: 2, counts: countsText([0, 4]) },
    'lies partly outside the image of 4 × 3',
  ],
  [
    { type: 'mask', x: 0, y: 2, width: 2, height: 2, counts: countsText([0, 4]) },
    'lies partly outside the image of 4 × 3',
  ],
  [{ type: 'skeleton', points: [{ id: 9, x: 1, y: 1, visibility: 2 }] }, 'points are not those'],
  [{ type: 'skeleton', points: [0, 1].map((x) => ({ id: 1, x, y: 1, visibility: 2 })) }, 'occurs twice'],
])('%j: %s', (shape, problem) => {
  const car = {
    ...(SCHEMA.classes[0] as LabelClass),
    geometries: ['mask' as const, 'skeleton' as const],
    skeleton: { points: [{ id: 1, name: 'nose', x: 0, y: 0 }], edges: [] },
  }
  const document = doc([box('a', { shape: shape as AnnotationObject['shape'] })])
  expect(documentProblem(document, { ...SCHEMA, classes: [car] }, IMAGE)).toContain(problem)
})

test('classes are counted by id', () => {
  expect(countClasses([{ class_id: 1 }, { class_id: 2 }, { class_id: 1 }])).toEqual({ 1: 2, 2: 1 })
  expect(countClasses([])).toEqual({})
})
