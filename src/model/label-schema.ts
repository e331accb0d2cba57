// The label schema: classes with attributes, and global attributes of the whole asset.
// Ids are stable and lists are in schema order. A removed class, attribute or option keeps its id and its place, so old
// objects keep their meaning; it is no longer offered.
import { type Static, Type } from 'typebox'
import { Fields, Id, isNameless, Line, Nullable, Words } from './schema.ts'
import { SHAPE_TYPES } from './shapes/index.ts'
import { SkeletonTemplateSchema, templateProblem } from './shapes/skeleton.ts'

export const ATTRIBUTE_TYPES = ['text', 'number', 'radio', 'checkbox', 'dropdown', 'multi_select'] as const

const OptionSchema = Fields({
  id: Id,
  name: Line(100),
  /** No longer offered; values that have it keep it. */
  is_removed: Type.Optional(Type.Boolean()),
})

/** A value of an attribute: text, number, checked, an option id, or several option ids. */
export const AttributeValueSchema = Type.Union([
  Type.String({ maxLength: 10_000 }),
  Type.Number(),
  Type.Boolean(),
  Type.Array(Id, { maxItems: 500 }),
])

/** A child is shown only while its parent attribute has the named option chosen. */
export const AttributeSchema = Fields({
  id: Id,
  name: Line(100),
  type: Words(ATTRIBUTE_TYPES),
  is_required: Type.Boolean(),
  options: Type.Array(OptionSchema, { maxItems: 500 }),
  parent: Nullable(Fields({ attribute_id: Id, option_id: Id })),
  /** What a new object begins with. */
  initial: Type.Optional(AttributeValueSchema),
  /** A new object begins with what its drawer last gave to one of its class. */
  keeps_last: Type.Optional(Type.Boolean()),
  /** No longer asked for; objects that have a value keep it. */
  is_removed: Type.Optional(Type.Boolean()),
})
export type Attribute = Static<typeof AttributeSchema>

export const LabelClassSchema = Fields({
  id: Id,
  name: Line(100),
  color: Type.String({ pattern: '^#[0-9a-f]{6}$' }),
  hotkey: Nullable(Type.String({ pattern: '^[a-z0-9]$' })),
  geometries: Type.Array(Words(SHAPE_TYPES), { minItems: 1, maxItems: SHAPE_TYPES.length }),
  /** Needed for the geometry `skeleton`; kept when that is no longer allowed. */
  skeleton: Type.Optional(SkeletonTemplateSchema),
  attributes: Type.Array(AttributeSchema, { maxItems: 200 }),
  is_removed: Type.Boolean(),
})
export type LabelClass = Static<typeof LabelClassSchema>

export const LabelSchemaSchema = Fields({
  classes: Type.Array(LabelClassSchema, { maxItems: 2000 }),
  global_attributes: Type.Array(AttributeSchema, { maxItems: 200 }),
})
export type LabelSchema = Static<typeof LabelSchemaSchema>

/** attribute id → value. */
export const AttributeValuesSchema = Type.Record(Type.String({ pattern: '^[0-9]+$' }), AttributeValueSchema)
export type AttributeValues = Static<typeof AttributeValuesSchema>

/** Twelve colours that stay apart on photographs, for classes that get none. */
export const CLASS_COLORS = [
  '#e5484d',
  '#3e63dd',
  '#30a46c',
  '#f5a623',
  '#8e4ec6',
  '#00a2c7',
  '#d6409f',
  '#5bb98b',
  '#ad7f58',
  '#6e56cf',
  '#f76808',
  '#12a594',
] as const // prettier-ignore

/** What is wrong with a schema, as a sentence that names the place; null if nothing. */
export function labelSchemaProblem(schema: LabelSchema): string | null {
  if (schema.classes.some(isNameless)) return 'A class has no name.'
  const live = schema.classes.filter((c) => !c.is_removed)
  const names = live.map((c) => c.name.trim().toLowerCase())
  const twice = names.find((n, i) => names.indexOf(n) !== i)
  if (twice) return `Two classes are called “${twice}”.`
  if (new Set(schema.classes.map((c) => c.id)).size !== schema.classes.length) return 'Two classes have the same id.'
  const keys = live.flatMap((c) => (c.hotkey ? [c.hotkey] : []))
  const key = keys.find((k, i) => keys.indexOf(k) !== i)
  if (key) return `The hotkey “${key}” belongs to two classes.`
  for (const c of schema.classes) {
    const problem = skeletonProblem(c) ?? attributesProblem(c.attributes)
    if (problem) return `Class “${c.name}”: ${problem}`
  }
  const problem = attributesProblem(schema.global_attributes)
  return problem ? `Global attributes: ${problem}` : null
}

function skeletonProblem({ geometries, skeleton }: LabelClass): string | null {
  if (geometries.includes('skeleton') && !skeleton) return 'a skeleton needs points.'
  return skeleton ? templateProblem(skeleton) : null
}

export const hasOptions = (type: Attribute['type']): boolean => isOneOption(type) || type === 'multi_select'

/** Whether values of one type mean the same under the other. */
export const holdsValuesOf = (before: Attribute['type'], after: Attribute['type']): boolean =>
  before === after || (isOneOption(before) && isOneOption(after))

const isOneOption = (type: Attribute['type']): type is 'radio' | 'dropdown' => type === 'radio' || type === 'dropdown'

function attributesProblem(attributes: readonly Attribute[]): string | null {
  const byId = new Map(attributes.map((a) => [a.id, a]))
  if (byId.size !== attributes.length) return 'two attributes have the same id.'
  if (attributes.some(isNameless)) return 'an attribute has no name.'
  for (const a of attributes) {
    const choice = hasOptions(a.type)
    if (a.options.some(isNameless)) return `an option of “${a.name}” has no name.`
    if (choice && !a.is_removed && liveOptions(a).length === 0) return `“${a.name}” needs at least one option.`
    if (!choice && a.options.length > 0) return `“${a.name}” cannot have options.`
    if (new Set(a.options.map((o) => o.id)).size !== a.options.length)
      return `two options of “${a.name}” have the same id.`
    if (a.initial !== undefined && !isOffered(a, a.initial)) return `“${a.name}” cannot begin with that value.`
    const seen = new Set([a.id])
    for (let at: Attribute = a; at.parent; ) {
      const parent: Attribute | undefined = byId.get(at.parent.attribute_id)
      if (!parent?.options.some((o) => o.id === at.parent?.option_id))
        return `the parent option of “${at.name}” does not exist.`
      if (seen.has(parent.id)) return `“${a.name}” is its own parent.`
      seen.add(parent.id)
      at = parent
    }
  }
  return null
}

/** Whether an attribute's type and options allow a value. */
export const isValueOf = ({ type, options }: Attribute, value: AttributeValues[string]): boolean =>
  isOfType(type, value, (id) => options.some((o) => o.id === id))

type IsValue = (value: AttributeValues[string]) => boolean

/** The same by attribute id, for many values: options are not looked through for each. */
export const valueChecks = (attributes: readonly Attribute[]): ReadonlyMap<number, IsValue> =>
  new Map(
    attributes.map(({ id, type, options }) => {
      const ids = new Set<unknown>(options.map((o) => o.id))
      return [id, (value) => isOfType(type, value, (option) => ids.has(option))]
    }),
  )

function isOfType(type: Attribute['type'], value: AttributeValues[string], isOption: (id: unknown) => boolean) {
  if (type === 'multi_select') return Array.isArray(value) && value.every(isOption)
  if (isOneOption(type)) return isOption(value)
  return typeof value === { text: 'string', number: 'number', checkbox: 'boolean' }[type]
}

/** Whether an object may begin with a value: what is removed is no longer offered. */
export const isOffered = (attribute: Attribute, value: AttributeValues[string]): boolean =>
  isValueOf({ ...attribute, options: liveOptions(attribute) }, value)

/** Whether a value says something. The id of an option that is not there does not. */
export function isFilled(attribute: Attribute, value: AttributeValues[string] | undefined): boolean {
  if (attribute.type === 'multi_select' && Array.isArray(value))
    return attribute.options.some((o) => value.includes(o.id))
  return value !== undefined && isValueOf(attribute, value)
}

/** The options offered to a labeller, in schema order. */
export const liveOptions = ({ options }: Attribute): Attribute['options'] => options.filter((o) => !o.is_removed)

/** The classes offered to a labeller: not removed, in schema order. */
export function liveClasses(schema: LabelSchema): LabelClass[] {
  return schema.classes.filter((c) => !c.is_removed)
}
