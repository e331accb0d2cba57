// Gives objects another class. Attribute values stay where the new class asks for the same thing, else they go; what it asks
// besides begins as with a new object.
import {
  type Attribute,
  type AttributeValues,
  holdsValuesOf,
  type LabelClass,
  type LabelSchema,
} from '../../model/label-schema.ts'
import { classOf, fits } from '../class-keys.ts'
import { type ChangeSet, changing, type EditorDocument } from '../document.ts'

/** Objects whose geometry the class does not allow are left alone. */
export function changeClass(
  document: EditorDocument,
  ids: Iterable<string>,
  schema: LabelSchema,
  to: LabelClass,
  beginning: (class_id: number, given: AttributeValues) => AttributeValues,
): ChangeSet | null {
  return changing(document, ids, (object) => {
    if (object.class_id === to.id || !fits(to, object.shape)) return object
    const from = classOf(schema, object.class_id)
    const attributes = beginning(to.id, keptValues(object.attributes, from, to))
    return { ...object, class_id: to.id, attributes }
  })
}

function keptValues(values: AttributeValues, from: LabelClass | null, to: LabelClass): AttributeValues {
  const kept: AttributeValues = {}
  for (const [id, value] of Object.entries(values)) {
    const before = from?.attributes.find((a) => a.id === Number(id))
    const alike = before ? to.attributes.filter((a) => asksTheSame(before, a)) : []
    const after = alike.find((a) => a.id === before?.id) ?? alike[0]
    if (after) kept[after.id] = value
  }
  return kept
}

/** Each class numbers its attributes by itself. */
const asksTheSame = (before: Attribute, after: Attribute): boolean =>
  !after.is_removed &&
  before.name === after.name &&
  holdsValuesOf(before.type, after.type) &&
  JSON.stringify(before.options) === JSON.stringify(after.options)
