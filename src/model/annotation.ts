// An object: one annotation on the asset. A revision document: all objects of a task and its global values.
import { type Static, Type } from 'typebox'
import { AttributeValuesSchema, type LabelClass, type LabelSchema } from './label-schema.ts'
import { PredictionKeySchema, REJECTED_MAX } from './prediction.ts'
import { Fields, Id, Nullable } from './schema.ts'
import { type Shape, ShapeSchema } from './shapes/index.ts'
import { type Mask, maskProblem } from './shapes/mask.ts'
import { fitsTemplate, type Skeleton } from './shapes/skeleton.ts'

export const ObjectSchema = Fields({
  /** Made by the editor (UUID or any short token), unique within the document. */
  id: Type.String({ minLength: 1, maxLength: 40, pattern: '^[A-Za-z0-9_-]+$' }),
  class_id: Id,
  shape: ShapeSchema,
  attributes: AttributeValuesSchema,
  /** Who drew it; null for imported ones. Kept when others edit or the assignee is removed. */
  author_id: Nullable(Id),
  /** Who changed it last, if not who drew it. Like the author, the server's word. */
  edited_by_id: Type.Optional(Nullable(Id)),
  /** The prediction that was accepted as this object. Stays when it is edited. */
  prediction_id: Type.Optional(PredictionKeySchema),
})
export type AnnotationObject = Static<typeof ObjectSchema>

export const OBJECTS_MAX = 20_000

export const DocumentSchema = Fields({
  objects: Type.Array(ObjectSchema, { maxItems: OBJECTS_MAX }),
  global_attributes: AttributeValuesSchema,
  /** Predictions that a person did not want. Left out of a save, they stay as they were. */
  rejected_predictions: Type.Optional(Type.Array(PredictionKeySchema, { maxItems: REJECTED_MAX })),
})
export type AnnotationDocument = Static<typeof DocumentSchema>

/** class id → number of objects, e.g. `{"1": 12}`. */
export type ClassCounts = Record<string, number>

export function countClasses(objects: readonly { class_id: number }[]): ClassCounts {
  const counts: ClassCounts = {}
  for (const o of objects) counts[o.class_id] = (counts[o.class_id] ?? 0) + 1
  return counts
}

type Size = { width: number; height: number }

/** What the fields of a shape alone cannot say. */
export function shapeProblem(shape: Shape, labelClass: LabelClass, image: Size): string | null {
  if (shape.type === 'mask') {
    const problem = maskProblem(shape as Mask, image)
    return problem && `the mask ${problem}`
  }
  if (shape.type !== 'skeleton' || fitsTemplate(shape as Skeleton, labelClass.skeleton)) return null
  return `its points are not those of the skeleton of class “${labelClass.name}”, or one occurs twice`
}

/** What is wrong with a document under a schema, on an image, as a sentence; null if nothing. */
export function documentProblem(document: AnnotationDocument, schema: LabelSchema, image: Size): string | null {
  if (document.objects.length > OBJECTS_MAX) return `objects: takes at most ${OBJECTS_MAX.toLocaleString('en')}.`
  const classes = new Map(schema.classes.map((c) => [c.id, c]))
  const seen = new Set<string>()
  for (const [i, o] of document.objects.entries()) {
    if (seen.has(o.id)) return `objects[${i}].id “${o.id}” occurs twice.`
    seen.add(o.id)
    const c = classes.get(o.class_id)
    if (!c) return `objects[${i}].class_id ${o.class_id} is not a class of this project.`
    if (!c.geometries.includes(o.shape.type))
      return `objects[${i}].shape: class “${c.name}” does not allow ${o.shape.type}.`
    const problem = shapeProblem(o.shape, c, image)
    if (problem) return `objects[${i}].shape: ${problem}.`
    for (const id of Object.keys(o.attributes))
      if (!c.attributes.some((a) => a.id === Number(id)))
        return `objects[${i}].attributes: class “${c.name}” has no attribute ${id}.`
  }
  for (const id of Object.keys(document.global_attributes))
    if (!schema.global_attributes.some((a) => a.id === Number(id)))
      return `global_attributes: this project has no global attribute ${id}.`
  return null
}
