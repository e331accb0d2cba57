// What a line of a YOLO label file says of an object behind its class: numbers that are parts of the image, 0…1. Null where
// nothing is left of the object in the image.
import type { AnnotationObject } from '../../model/annotation.ts'
import { angleOf, frameCorners } from '../../model/shapes/frame.ts'
import { type Bounds, boundsOf, type XY } from '../../model/shapes/geometry.ts'
import { type Shape, shapeBounds } from '../../model/shapes/index.ts'
import { joinedRing, windedRings } from '../../model/shapes/joined-ring.ts'
import { isTooFine, maskCorners, maskRings } from '../../model/shapes/mask-outline.ts'
import { outlineOf } from '../../model/shapes/outline.ts'
import { polygonOf, ringArea } from '../../model/shapes/polygon.ts'
import type { SkeletonTemplate } from '../../model/shapes/skeleton.ts'
import { smallestFrame } from '../../model/shapes/smallest-frame.ts'
import { clip } from '../imports/fit-to-image.ts'
import type { ExportedTask, Tally } from './format.ts'

type Numbers = (number | { visibility: number })[]
export type Line = (object: AnnotationObject, task: ExportedTask, tally: Tally) => Numbers | null
type Size = { width: number; height: number }

/** Centre and size of the bounding box. */
export const boxOf: Line = ({ shape }, task, tally) => {
  const box = boundsIn(shape, task)
  if (!box) return null
  if (!isUpright(shape)) tally.simplify(`${nameOf(shape)} objects, written as their bounding boxes`)
  return centred(box, task)
}

/** The outline as one ring. */
export const outlineOfObject: Line = ({ shape }, task, tally) => {
  const rings = ringsIn(shape, task)
  const ring = joinedRing(rings)
  if (ring.length < 3 || ringArea(ring) === 0) return null
  if (shape.type === 'mask' && isTooFine(shape))
    tally.simplify('masks of more than 100,000 runs, written as their bounding boxes')
  else if (shape.type !== 'polygon') tally.simplify(`${nameOf(shape)} objects, written as outlines`)
  else if (rings.length > 1) tally.simplify('polygon objects of several rings, written as one outline with seams')
  return ring.flatMap((at) => partsOf(at, task))
}

/** The four corners of the box, or of the smallest turned one around another shape. */
export const cornersOf: Line = ({ shape }, task, tally) => {
  const corners = cornersAround(shape)
  if (!corners || !boundsIn(shape, task)) return null
  if (shape.type !== 'box') tally.simplify(`${shape.type} objects, written as the smallest turned boxes around them`)
  if (isReadable(corners, task)) return corners.flatMap((at) => partsOf(at, task))
  tally.simplify('turned boxes that reach far out of the image, written as upright ones within it')
  const box = boundsIn({ type: 'polygon', points: corners }, task)
  return box && frameCorners(box).flatMap((at) => partsOf(at, task))
}

/** The box around the labelled points, and `count` points; those that a class has not are 0 0 0. */
export const keypointsOf =
  (templates: ReadonlyMap<number, SkeletonTemplate | undefined>, count: number): Line =>
  ({ class_id, shape }, task, tally) => {
    if (shape.type !== 'skeleton') return null
    const isInside = (p: { x: number; y: number }) => p.x >= 0 && p.y >= 0 && p.x <= task.width && p.y <= task.height
    const labelled = shape.points.filter((p) => p.visibility > 0)
    const points = new Map(labelled.filter(isInside).map((p) => [p.id, p]))
    if (points.size === 0) return null
    const box = boundsOf([...points.values()].map(({ x, y }): XY => [x, y]))
    if (box.width === 0 || box.height === 0) return null
    tally.simplify('keypoints outside the image, written as not labelled', labelled.length - points.size)
    const numbers = Array.from({ length: count }, (_, i): Numbers => {
      const p = points.get(templates.get(class_id)?.points[i]?.id ?? 0)
      return p ? [...partsOf([p.x, p.y], task), { visibility: p.visibility }] : [0, 0, { visibility: 0 }]
    })
    return [...centred(box, task), ...numbers.flat()]
  }

const partsOf = ([x, y]: XY, image: Size): XY => [x / image.width, y / image.height]

const centred = (b: Bounds, image: Size): number[] => [
  ...partsOf([b.x + b.width / 2, b.y + b.height / 2], image),
  ...partsOf([b.width, b.height], image),
]

const isUpright = (shape: Shape): boolean => shape.type === 'box' && angleOf(shape) === 0
const nameOf = (shape: Shape): string => (shape.type === 'box' && angleOf(shape) !== 0 ? 'turned box' : shape.type)

/** The bounding box within the image; null if it has no area there. */
function boundsIn(shape: Shape, image: Size): Bounds | null {
  const { x, y, width, height } = shapeBounds(shape)
  const inside = width > 0 && height > 0 ? clip({ type: 'box', x, y, width, height }, image) : null
  return inside && shapeBounds(inside)
}

/** The rings within the image, holes the other way around. */
function ringsIn(shape: Shape, image: Size): XY[][] {
  if (shape.type === 'mask') return isTooFine(shape) ? [frameCorners(shape)] : maskRings(shape)
  const inside = clip(shape.type === 'polygon' ? shape : polygonOf(outlineOf(shape)), image)
  return inside?.type === 'polygon' ? windedRings(inside) : []
}

function cornersAround(shape: Shape): XY[] | null {
  if (shape.type === 'box' || shape.type === 'ellipse') return frameCorners(shape)
  const frame = smallestFrame(shape.type === 'mask' ? maskCorners(shape) : outlineOf(shape).flat())
  return frame && frameCorners(frame)
}

/** Ultralytics passes over an image with a box that is larger than it or has its centre outside (verify_image_label in data/utils.py). */
function isReadable(corners: readonly XY[], { width, height }: Size): boolean {
  const b = boundsOf(corners)
  const [x, y] = [b.x + b.width / 2, b.y + b.height / 2]
  return b.width <= width && b.height <= height && x >= 0 && y >= 0 && x <= width && y <= height
}
