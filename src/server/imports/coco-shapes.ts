// The shape of a COCO annotation. A box is [x, y, width, height] from the top left corner. Two ways to say more are
// understood: `shape`, as our own export writes it where COCO has no form, and `attributes.rotation`, as CVAT writes it:
// degrees clockwise about the middle of the bbox. Pure.
import { Type } from 'typebox'
import { BoxSchema } from '../../model/shapes/box.ts'
import { EllipseSchema } from '../../model/shapes/ellipse.ts'
import { withAngle } from '../../model/shapes/frame.ts'
import { boundsOf, MAX_POINTS, type XY } from '../../model/shapes/geometry.ts'
import { isMaskSize, MOST_TEXT, maskOfSpans } from '../../model/shapes/mask.ts'
import {
  MAX_RINGS,
  type Polygon,
  PolygonSchema,
  polygonOf,
  polygonRings,
  ringArea,
} from '../../model/shapes/polygon.ts'
import { unitedRings } from '../../model/shapes/polygon-boolean.ts'
import { countsOf, joinedSpans, spansOf } from '../../model/shapes/rle.ts'
import { inputProblem } from '../input.ts'
import { pointsOfRing } from './flat-ring.ts'
import type { ParsedObject } from './format.ts'

const MAX_COORDINATE = 10_000_000
const OWN = Type.Union([BoxSchema, EllipseSchema, PolygonSchema])

export type Json = { [key: string]: unknown }
export const isRecord = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
export const isNumber = (value: unknown): value is number =>
  typeof value === 'number' && Math.abs(value) <= MAX_COORDINATE

/** The shapes of an annotation or a result; a text says why there is none. */
export const shapesOf = (a: Json): (Shape | string)[] => readOwn(a.shape) ?? readSegmentation(a)

type Shape = ParsedObject['shape']

/** The shape that our export wrote beside COCO's fields; null if there is none, or what is there is none of ours. */
function readOwn(shape: unknown): Shape[] | null {
  const isOwn = isRecord(shape) && inputProblem(OWN, shape, 'shape') === null
  return isOwn ? [shape as Shape] : null
}

function readSegmentation(a: Json): (Shape | string)[] {
  if (isRecord(a.segmentation)) return [readMask(a.segmentation)]
  const rings = Array.isArray(a.segmentation) ? a.segmentation.map(readRing) : []
  const problems = rings.filter((ring) => typeof ring === 'string')
  if (rings.length > 0) return [...asOne(rings.filter((ring) => typeof ring !== 'string')), ...problems]
  const box = readBox(a.bbox)
  const rotation = isRecord(a.attributes) ? a.attributes.rotation : 0
  const isTurned = typeof box === 'object' && box.type === 'box' && isNumber(rotation)
  return [isTurned ? withAngle(box, rotation) : box]
}

function readBox(bbox: unknown): Shape | string {
  if (!Array.isArray(bbox)) return 'no bbox and no segmentation'
  if (bbox.length !== 4 || !bbox.every(isNumber)) return 'bbox is not four numbers'
  const [x, y, width, height] = bbox as [number, number, number, number]
  if (width < 0 || height < 0) return `negative size: [${bbox.join(', ')}]`
  if (width === 0 || height === 0) return `zero area: [${bbox.join(', ')}]`
  return { type: 'box', x, y, width, height }
}

/** Run lengths of the whole image, as text or as a list of counts; kept over the bounding box of what they cover. */
function readMask({ size, counts }: Json): Shape | string {
  const [height, width] = Array.isArray(size) ? size : []
  if (!isMaskSize(width, height)) return 'a mask without a usable size'
  const list = typeof counts === 'string' ? countsOf(counts) : counts
  const isCounts = Array.isArray(list) && list.every((n) => Number.isInteger(n) && n >= 0)
  if (!isCounts || list.reduce((all: number, n: number) => all + n, 0) !== width * height)
    return 'a mask whose run lengths do not fit its size'
  const mask = maskOfSpans(joinedSpans(spansOf(list, height)))
  if (!mask) return 'a mask that covers no pixel'
  return mask.counts.length <= MOST_TEXT ? mask : 'a mask of too many pieces'
}

function readRing(ring: unknown): XY[] | string {
  if (!Array.isArray(ring) || ring.length % 2 !== 0 || !ring.every(isNumber))
    return 'a ring of the segmentation is not a list of x, y numbers'
  if (ring.length / 2 > MAX_POINTS)
    return `a ring of the segmentation has more than ${MAX_POINTS.toLocaleString('en')} points`
  const points = pointsOfRing(ring)
  if (points.length < 3) return 'a ring of the segmentation has fewer than three points'
  if (ringArea(points) === 0) return 'zero area of a segmentation'
  return points
}

/** More points than this are not united: rings that cross each other everywhere would take minutes. */
const MOST_UNITED = 5000

/** The rings of one annotation are one object. What they cover counts once: rings that overlap are united. */
function asOne(rings: XY[][]): Polygon[] {
  if (rings.length <= 1 || areApart(rings)) return rings.length === 0 ? [] : inParts(rings)
  const one = rings.flat().length <= MOST_UNITED ? unitedRings(rings) : null
  return one ? inParts(polygonRings(one)) : rings.map((ring) => polygonOf([ring]))
}

const inParts = (rings: XY[][]): Polygon[] =>
  rings.length - 1 <= MAX_RINGS ? [polygonOf(rings)] : rings.map((ring) => polygonOf([ring]))

function areApart(rings: readonly XY[][]): boolean {
  const bounds = rings.map(boundsOf).sort((a, b) => a.x - b.x)
  return bounds.every((a, i) => {
    for (const b of bounds.slice(i + 1)) {
      if (b.x >= a.x + a.width) return true
      if (a.y < b.y + b.height && b.y < a.y + a.height) return false
    }
    return true
  })
}
