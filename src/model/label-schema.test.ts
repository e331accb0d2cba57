import { expect, test } from 'vitest'
import { type Attribute, type LabelClass, type LabelSchema, labelSchemaProblem, liveClasses } from './label-schema.ts'

const attribute = (id: number, fields: Partial<Attribute> = {}): Attribute => ({
  id,
  name: `attribute ${id}`,
  type: 'text',
  is_required: false,
  options: [],
  parent: null,
  ...fields,
})
const choice = (id: number, fields: Partial<Attribute> = {}) =>
  attribute(id, { type: 'radio', options: [{ id: 1, name: 'yes' }], ...fields })
const labelClass = (id: number, fields: Partial<LabelClass> = {}): LabelClass => ({
  id,
  name: `class ${id}`,
  color: '#e5484d',
  hotkey: null,
  geometries: ['box'],
  attributes: [],
  is_removed: false,
  ...fields,
})
const schema = (classes: LabelClass[], global_attributes: Attribute[] = []): LabelSchema => ({
  classes,
  global_attributes,
})

const point = (id: number, name: string) => ({ id, name, x: 0, y: 0 })

test('a schema with nested attributes is right', () => {
  const nested = [
    choice(1),
    choice(2, { parent: { attribute_id: 1, option_id: 1 } }),
    attribute(3, { parent: { attribute_id: 2, option_id: 1 } }),
  ]
  expect(labelSchemaProblem(schema([labelClass(1, { attributes: nested }), labelClass(2)], nested))).toBeNull()
  expect(labelSchemaProblem(schema([]))).toBeNull()
})

test('a removed class keeps its id, and gives its name and hotkey free', () => {
  const removed = labelClass(1, { name: 'car', hotkey: '1', is_removed: true })
  const live = labelClass(2, { name: 'Car', hotkey: '1' })
  expect(labelSchemaProblem(schema([removed, live]))).toBeNull()
  expect(labelSchemaProblem(schema([removed, { ...live, id: 1 }]))).toContain('same id')
  expect(liveClasses(schema([removed, live]))).toEqual([live])
})

test('a removed option or attribute keeps its id; no object begins with it', () => {
  const yes = { id: 1, name: 'yes' }
  const no = { id: 2, name: 'no', is_removed: true }
  expect(labelSchemaProblem(schema([], [choice(1, { options: [yes, no] })]))).toBeNull()
  expect(labelSchemaProblem(schema([], [choice(1, { options: [yes, no], initial: 2 })]))).toContain('cannot begin')
  expect(labelSchemaProblem(schema([], [choice(1, { options: [no] })]))).toContain('at least one option')
  expect(labelSchemaProblem(schema([], [choice(1, { options: [no], is_removed: true })]))).toBeNull()
})

test.each<[string, LabelSchema, string]>([
  ['names', schema([labelClass(1, { name: 'Car' }), labelClass(2, { name: ' car ' })]), '“car”'],
  ['no class name', schema([labelClass(1, { name: ' ' })]), 'A class has no name'],
  ['no name', schema([labelClass(1, { attributes: [attribute(1, { name: '' })] })]), '“class 1”: an attribute has no'],
  [
    'no option name',
    schema([], [choice(1, { options: [{ id: 1, name: ' ' }] })]),
    'option of “attribute 1” has no name',
  ],
  [
    'no point name',
    schema([labelClass(1, { skeleton: { points: [point(1, '')], edges: [] } })]),
    'point of the skeleton',
  ],
  ['hotkeys', schema([labelClass(1, { hotkey: 'a' }), labelClass(2, { hotkey: 'a' })]), 'hotkey “a”'],
  ['attribute ids', schema([labelClass(1, { attributes: [attribute(1), attribute(1)] })]), 'two attributes'],
  [
    'option ids',
    schema(
      [],
      [
        choice(1, {
          options: [
            { id: 1, name: 'a' },
            { id: 1, name: 'b' },
          ],
        }),
      ],
    ),
    'two options',
  ],
  ['no option', schema([], [choice(1, { options: [] })]), 'at least one option'],
  ['options of a text', schema([], [attribute(1, { options: [{ id: 1, name: 'a' }] })]), 'cannot have options'],
  ['no such parent', schema([], [attribute(1, { parent: { attribute_id: 9, option_id: 1 } })]), 'does not exist'],
  [
    'no such option',
    schema([], [choice(1), attribute(2, { parent: { attribute_id: 1, option_id: 9 } })]),
    'does not exist',
  ],
  [
    'a circle',
    schema(
      [],
      [
        choice(1, { parent: { attribute_id: 2, option_id: 1 } }),
        choice(2, { parent: { attribute_id: 1, option_id: 1 } }),
      ],
    ),
    'own parent',
  ],
  ['its own parent', schema([], [choice(1, { parent: { attribute_id: 1, option_id: 1 } })]), 'own parent'],
  ['a skeleton without points', schema([labelClass(1, { geometries: ['skeleton'] })]), 'needs points'],
  [
    'a line to nowhere',
    schema([labelClass(1, { skeleton: { points: [point(1, 'a')], edges: [[1, 2]] } })]),
    'join two',
  ],
  ['point names', schema([labelClass(1, { skeleton: { points: [point(1, 'a'), point(2, 'A')], edges: [] } })]), '“a”'],
])('wrong: %s', (_, value, problem) => {
  expect(labelSchemaProblem(value)).toContain(problem)
})
