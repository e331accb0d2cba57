// An object: one annotation on the asset. A revision document: all objects of a task and its global values.
import { type Static, Type } from 'typebox'
import {
  type AttributeValues,
  AttributeValuesSchema,
  type LabelClass,
  type LabelSchema,
  valueChecks,
} from './label-schema.ts'
import { PredictionKeySchema, REJECTED_MAX } from './prediction.ts'
import { isSameValue } from './same-value.ts'
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

type Checks = ReturnType<typeof valueChecks>

/**
 * What is wrong with a document under a schema, on an image, as a sentence; null if nothing.
 * @param before what it changes: values that stood there stay, whatever they were allowed to be when they were given
 */
export function documentProblem(
  document: AnnotationDocument,
  schema: LabelSchema,
  image: Size,
  before?: AnnotationDocument,
): string | null {
  if (document.objects.length > OBJECTS_MAX) return `objects: takes at most ${OBJECTS_MAX.toLocaleString('en')}.`
  const classes = new Map(schema.classes.map((c) => [c.id, c]))
  // Only of classes that occur: a schema may have thousands.
  const checks = new Map<number, Checks>()
  const checksOf = ({ id, attributes }: LabelClass): Checks => {
    const known = checks.get(id) ?? valueChecks(attributes)
    checks.set(id, known)
    return known
  }
  // Asked for where a value does not fit, which is rare.
  let stood: Map<string, AnnotationObject> | undefined
  const valuesBefore = ({ id, class_id }: AnnotationObject) => {
    stood ??= new Map(before?.objects.map((o) => [o.id, o]))
    const was = stood.get(id)
    return was?.class_id === class_id ? was.attributes : undefined
  }
  const seen = new Set<string>()
  for (let i = 0; i < document.objects.length; i++) {
    const o = document.objects[i] as AnnotationObject
    if (seen.has(o.id)) return `objects[${i}].id “${o.id}” occurs twice.`
    seen.add(o.id)
    const c = classes.get(o.class_id)
    if (!c) return `objects[${i}].class_id ${o.class_id} is not a class of this project.`
    if (!c.geometries.includes(o.shape.type))
      return `objects[${i}].shape: class “${c.name}” does not allow ${o.shape.type}.`
    const shape = shapeProblem(o.shape, c, image)
    if (shape) return `objects[${i}].shape: ${shape}.`
    const problem = valuesProblem(o.attributes, checksOf(c), () => valuesBefore(o))
    if (problem) return `objects[${i}].attributes: class “${c.name}” ${problem}.`
  }
  const { global_attributes } = document
  const problem = valuesProblem(
    global_attributes,
    valueChecks(schema.global_attributes),
    () => before?.global_attributes,
  )
  return problem && `global_attributes: this project ${problem}.`
}

function valuesProblem(values: AttributeValues, checks: Checks, before: () => AttributeValues | undefined) {
  for (const [id, value] of Object.entries(values)) {
    const isValue = checks.get(Number(id))
    if (!isValue) return `has no attribute ${id}`
    if (!isValue(value) && !isSameValue(before()?.[id], value)) return `does not allow this value of attribute ${id}`
  }
  return null
}
