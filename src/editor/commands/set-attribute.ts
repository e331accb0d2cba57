// Sets or clears an attribute of objects, or of the whole image. Values of children that are no longer shown go too;
// those of attributes that the schema removed stay.
import { type Attribute, type AttributeValues, isOffered, type LabelSchema } from '../../model/label-schema.ts'
import { shownAttributes } from '../../model/required-values.ts'
import { classOf } from '../class-keys.ts'
import { type ChangeSet, changing, changingGlobals, type EditorDocument } from '../document.ts'

export type AttributeValue = AttributeValues[string]

/** Objects whose class does not have the attribute are left alone. `undefined` clears the value. */
export function setAttribute(
  document: EditorDocument,
  ids: Iterable<string>,
  schema: LabelSchema,
  attributeId: number,
  value: AttributeValue | undefined,
): ChangeSet | null {
  return changing(document, ids, (object) => {
    const attributes = classOf(schema, object.class_id)?.attributes ?? []
    if (!attributes.some((a) => a.id === attributeId)) return object
    const values = withValue(object.attributes, attributes, attributeId, value)
    return values ? { ...object, attributes: values } : object
  })
}

export function setGlobalAttribute(
  document: EditorDocument,
  schema: LabelSchema,
  attributeId: number,
  value: AttributeValue | undefined,
): ChangeSet | null {
  if (!schema.global_attributes.some((a) => a.id === attributeId)) return null
  const values = withValue(document.global_attributes, schema.global_attributes, attributeId, value)
  return values && changingGlobals(document, values)
}

/** The values with one of them set; null if that changes nothing. */
function withValue(
  before: Readonly<AttributeValues>,
  attributes: readonly Attribute[],
  id: number,
  value: AttributeValue | undefined,
): AttributeValues | null {
  const isEmpty = value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
  const { [String(id)]: old, ...rest } = before
  if (JSON.stringify(old) === JSON.stringify(isEmpty ? undefined : value)) return null
  const after: AttributeValues = isEmpty ? rest : { ...rest, [id]: value }
  const shown = new Set(shownAttributes(attributes, after).map((a) => String(a.id)))
  const known = new Set(attributes.filter((a) => !a.is_removed).map((a) => String(a.id)))
  return Object.fromEntries(Object.entries(after).filter(([key]) => shown.has(key) || !known.has(key)))
}

/**
 * What a new object, or a new image, begins with, of what is shown.
 * @param last what was given to the one before
 * @param given what it has already
 */
export function initialValues(
  attributes: readonly Attribute[],
  last: Readonly<AttributeValues> = {},
  given: Readonly<AttributeValues> = {},
): AttributeValues {
  const all: AttributeValues = {}
  for (const a of attributes) {
    const begins = [a.keeps_last ? last[a.id] : undefined, a.initial]
    const value = given[a.id] ?? begins.find((v) => v !== undefined && isOffered(a, v))
    if (value !== undefined) all[a.id] = value
  }
  const shown = shownAttributes(attributes, all).map((a) => String(a.id))
  return Object.fromEntries(Object.entries(all).filter(([id]) => shown.includes(id)))
}

/** What the next object or image may begin with, of what this one has; null if its attributes keep nothing. */
export function lastingValues(
  attributes: readonly Attribute[],
  values: Readonly<AttributeValues>,
): AttributeValues | null {
  const keeping = attributes.filter((a) => a.keeps_last).map((a) => String(a.id))
  return keeping.length === 0 ? null : Object.fromEntries(Object.entries(values).filter(([id]) => keeping.includes(id)))
}
