// Takes the values away that a newer schema does not know. Objects stay, also of classes that are gone.
import { type Attribute, type AttributeValues, isValueOf, type LabelSchema } from '../../model/label-schema.ts'
import { classOf } from '../class-keys.ts'
import { apply, type ChangeSet, changing, changingGlobals, type EditorDocument } from '../document.ts'
import type { AttributeValue } from './set-attribute.ts'

export function dropUnknown(document: EditorDocument, schema: LabelSchema): ChangeSet | null {
  const ids = document.objects.map((o) => o.id)
  const objects = changing(document, ids, (o) => {
    const attributes = known(o.attributes, classOf(schema, o.class_id)?.attributes)
    return attributes ? { ...o, attributes } : o
  })
  const globals = known(document.global_attributes, schema.global_attributes)
  return globals ? { ...changingGlobals(document, globals), changed: objects?.changed ?? [] } : objects
}

/** The same document if the schema knows all of it. */
export function withoutUnknown(document: EditorDocument, schema: LabelSchema): EditorDocument {
  const changes = dropUnknown(document, schema)
  return changes ? apply(document, changes) : document
}

/** null: all of them. */
function known(values: Readonly<AttributeValues>, attributes: readonly Attribute[] = []): AttributeValues | null {
  const kept: AttributeValues = {}
  let isAll = true
  for (const [id, value] of Object.entries(values)) {
    const left = knownOf(
      attributes.find((a) => a.id === Number(id)),
      value,
    )
    if (left !== undefined) kept[id] = left
    isAll &&= left === value
  }
  return isAll ? null : kept
}

/** Of several options those that there are. */
function knownOf(attribute: Attribute | undefined, value: AttributeValue): AttributeValue | undefined {
  if (!attribute || isValueOf(attribute, value)) return attribute && value
  const options = Array.isArray(value) ? value.filter((option) => isValueOf(attribute, [option])) : []
  return options.length > 0 ? options : undefined
}
