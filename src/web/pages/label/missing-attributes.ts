// What hinders a submit: required attributes without a value. The first place is named, so that it can be shown.
import { missingAttributes } from '../../../editor/commands/set-attribute.ts'
import type { AnnotationDocument } from '../../../model/annotation.ts'
import type { LabelSchema } from '../../../model/label-schema.ts'

export type Missing = {
  /** null: a global attribute. */
  object_id: string | null
  /** Of the object in the list, from 1. */
  number: number
  class_name: string
  attribute: string
  /** Values missing in the whole document. */
  total: number
}

type Document = {
  readonly objects: readonly AnnotationDocument['objects'][number][]
  readonly global_attributes: Readonly<AnnotationDocument['global_attributes']>
}

export function firstMissing(document: Document, schema: LabelSchema): Missing | null {
  const classes = new Map(schema.classes.filter((c) => c.attributes.some((a) => a.is_required)).map((c) => [c.id, c]))
  let first: Omit<Missing, 'total'> | null = null
  let total = 0
  for (const [i, object] of document.objects.entries()) {
    const labelClass = classes.get(object.class_id)
    const missing = labelClass ? missingAttributes(labelClass.attributes, object.attributes) : []
    total += missing.length
    if (!first && labelClass && missing[0])
      first = { object_id: object.id, number: i + 1, class_name: labelClass.name, attribute: missing[0].name }
  }
  const globals = missingAttributes(schema.global_attributes, document.global_attributes)
  total += globals.length
  if (!first && globals[0]) first = { object_id: null, number: 0, class_name: '', attribute: globals[0].name }
  return first && { ...first, total }
}
