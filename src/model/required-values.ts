// Which values a document lacks before its task can go on: those of shown, required attributes.
import type { AnnotationDocument } from './annotation.ts'
import { type Attribute, type AttributeValues, isFilled, type LabelSchema } from './label-schema.ts'

export type MissingValue = {
  /** null: a global attribute. */
  object_id: string | null
  /** Of the object in the list, from 1. */
  number: number
  class_name: string
  attribute: string
}

type Values = Readonly<AttributeValues>
type Document = {
  readonly objects: readonly AnnotationDocument['objects'][number][]
  readonly global_attributes: Values
}

/** The attributes to ask for under these values: a child only while its parent is shown and has the option chosen. */
export function shownAttributes(attributes: readonly Attribute[], values: Values): Attribute[] {
  const byId = new Map(attributes.map((a) => [a.id, a]))
  const isShown = (attribute: Attribute, depth: number): boolean => {
    if (!attribute.parent) return true
    const parent = byId.get(attribute.parent.attribute_id)
    const value = values[attribute.parent.attribute_id]
    const isChosen = Array.isArray(value)
      ? value.includes(attribute.parent.option_id)
      : value === attribute.parent.option_id
    return parent !== undefined && isChosen && depth < attributes.length && isShown(parent, depth + 1)
  }
  return attributes.filter((a) => !a.is_removed && isShown(a, 0))
}

/** The shown, required attributes without a value. */
export function missingAttributes(attributes: readonly Attribute[], values: Values): Attribute[] {
  return shownAttributes(attributes, values).filter((a) => a.is_required && !isFilled(a, values[a.id]))
}

const requires = (attributes: readonly Attribute[]): boolean => attributes.some((a) => a.is_required)

export const requiresValues = ({ classes, global_attributes }: LabelSchema): boolean =>
  requires(global_attributes) || classes.some((c) => requires(c.attributes))

/** In the order of the objects; those of the image last. */
export function missingValues(document: Document, schema: LabelSchema): MissingValue[] {
  const classes = new Map(schema.classes.filter((c) => requires(c.attributes)).map((c) => [c.id, c]))
  const ofObjects = document.objects.flatMap((object, i) => {
    const labelClass = classes.get(object.class_id)
    if (!labelClass) return []
    const place = { object_id: object.id, number: i + 1, class_name: labelClass.name }
    return missingAttributes(labelClass.attributes, object.attributes).map((a) => ({ ...place, attribute: a.name }))
  })
  const ofImage = missingAttributes(schema.global_attributes, document.global_attributes)
  return [...ofObjects, ...ofImage.map((a) => ({ object_id: null, number: 0, class_name: '', attribute: a.name }))]
}
