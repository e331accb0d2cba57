// Which of a task's predictions can be offered: of a class of the project, in a geometry that it allows, in the image. Pure.
import { createHash } from 'node:crypto'
import type { NewPrediction } from '../../contract/predictions.ts'
import { shapeProblem } from '../../model/annotation.ts'
import { type LabelClass, type LabelSchema, liveClasses } from '../../model/label-schema.ts'
import { PREDICTIONS_MAX, type StoredPrediction } from '../../model/prediction.ts'
import { type Shape, shapeArea, shapeBounds } from '../../model/shapes/index.ts'
import { clip } from '../imports/fit-to-image.ts'
import { underTemplate } from '../imports/keypoints.ts'
import type { Predicted, PredictedImage } from '../imports/prediction-file.ts'
import { classKey } from '../imports/task-document.ts'

type Size = { width: number; height: number }
export type Judged = { items: StoredPrediction[]; left_out: string[]; adjusted: number }

/** @param parts  what was sent about the task, in order */
export function judge(parts: readonly PredictedImage[], image: Size, schema: LabelSchema): Judged {
  const classes = classesOf(schema)
  const judged: Judged = { items: [], left_out: parts.flatMap((p) => p.left_out), adjusted: 0 }
  const seen = new Set<string>()
  for (const [i, prediction] of parts.flatMap((p) => p.predictions).entries()) {
    const labelClass = classes(prediction)
    const at = `prediction ${i + 1}${labelClass ? ` (${labelClass.name})` : ''}`
    const shape = labelClass ? pointed(prediction, labelClass) : unknownClass(prediction)
    const found = labelClass && typeof shape === 'object' ? placed(shape, image, labelClass) : shape
    if (typeof found === 'string') {
      judged.left_out.push(`${at}: ${found}`)
      continue
    }
    const class_id = (labelClass as LabelClass).id
    const id = prediction.id ?? idOf(class_id, found)
    if (seen.has(id)) judged.left_out.push(`${at}: the same as an earlier one`)
    else if (seen.size >= PREDICTIONS_MAX)
      judged.left_out.push(`${at}: more than ${PREDICTIONS_MAX.toLocaleString('en')} of one task`)
    else {
      seen.add(id)
      if (found !== shape) judged.adjusted++
      judged.items.push({ id, class_id, shape: found, score: prediction.score })
    }
  }
  judged.items.sort((a, b) => b.score - a.score)
  return judged
}

function classesOf(schema: LabelSchema) {
  const live = liveClasses(schema)
  const [byId, byName] = [new Map(live.map((c) => [c.id, c])), new Map(live.map((c) => [classKey(c.name), c]))]
  return ({ class_id, class_name }: NewPrediction): LabelClass | undefined =>
    class_id !== undefined ? byId.get(class_id) : byName.get(classKey(class_name ?? ''))
}

function unknownClass({ class_id, class_name }: NewPrediction): string {
  if (class_id === undefined && class_name === undefined) return 'no class'
  return `“${class_id ?? class_name?.slice(0, 100)}” is no class of this project`
}

/** The shape with the points of the class, where the file counts or names them by itself. */
function pointed({ shape, keypoints }: Predicted, { name, geometries, skeleton }: LabelClass): Shape | string {
  if (!keypoints || shape.type !== 'skeleton' || !geometries.includes('skeleton')) return shape
  return underTemplate(shape, keypoints, skeleton) ?? `its keypoints are not those of class “${name}”`
}

/** What stands out of the image is cut, once it is known to be a shape. */
const ANYWHERE: Size = { width: Number.POSITIVE_INFINITY, height: Number.POSITIVE_INFINITY }

/** The shape as it is offered, or why it is not. */
function placed(shape: Shape, image: Size, labelClass: LabelClass): Shape | string {
  const allowed = labelClass.geometries.includes(shape.type) ? shape : boundingBox(shape, labelClass)
  if (!allowed) return `class “${labelClass.name}” does not allow ${shape.type}`
  // The points of a skeleton matter only where it stays one.
  const problem = shapeProblem(shape.type === 'skeleton' ? allowed : shape, labelClass, ANYWHERE)
  if (problem) return problem
  const hasArea =
    allowed.type === 'box' || allowed.type === 'ellipse' || allowed.type === 'polygon' || allowed.type === 'mask'
  if (hasArea && shapeArea(allowed) === 0) return 'zero area'
  return (hasArea ? clip(allowed, image) : inside(allowed, image)) ?? 'outside the image'
}

/** A model that outlines what is only framed here: its bounding box. */
function boundingBox(shape: Shape, { geometries }: LabelClass): Shape | null {
  const isFramed = shape.type !== 'box' && shape.type !== 'point' && shape.type !== 'polyline'
  return isFramed && geometries.includes('box') ? { type: 'box', ...shapeBounds(shape) } : null
}

function inside(shape: Shape, { width, height }: Size): Shape | null {
  const b = shapeBounds(shape)
  return b.x >= 0 && b.y >= 0 && b.x + b.width <= width && b.y + b.height <= height ? shape : null
}

/** The same prediction sent again has the same id, whatever its score: rejected once, it stays so. */
function idOf(class_id: number, shape: Shape): string {
  return createHash('sha256')
    .update(JSON.stringify([class_id, shape]))
    .digest('hex')
    .slice(0, 16)
}
