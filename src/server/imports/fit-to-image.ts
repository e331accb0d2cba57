// Brings parsed objects onto the image of their task: upright, and not beyond its edges. Pure.
import { OBJECTS_MAX } from '../../model/annotation.ts'
import { boxFrom } from '../../model/shapes/box.ts'
import { cutToImage } from '../../model/shapes/cut-to-image.ts'
import { angleOf, centreOf, frameCorners, withAngle } from '../../model/shapes/frame.ts'
import type { XY } from '../../model/shapes/geometry.ts'
import { type Framed, shapeBounds } from '../../model/shapes/index.ts'
import { type Mask, maskOfSpans, maskSpans, maskWithin } from '../../model/shapes/mask.ts'
import { polygonOf, polygonRings, ringArea } from '../../model/shapes/polygon.ts'
import { joinedSpans, type Span } from '../../model/shapes/rle.ts'
import type { Skeleton } from '../../model/shapes/skeleton.ts'
import type { ParsedImage, ParsedObject } from './format.ts'
import type { KeypointList } from './keypoints.ts'
import { inPixels } from './relative-shapes.ts'

type Shape = ParsedObject['shape']
type Size = { width: number; height: number }
export type FittedObject = Pick<ParsedObject, 'shape' | 'class_name' | 'class_rank'> & {
  /** Of a skeleton: which points its numbers mean. */
  keypoints?: KeypointList | undefined
}
export type Fitted = { objects: FittedObject[]; left_out: string[]; adjusted: string[] }

export const TOO_MANY = `a task holds at most ${OBJECTS_MAX.toLocaleString('en')} objects`
/** As model/label-schema.ts allows. */
const MAX_CLASS_NAME = 100

/** True if the file measured the image with width and height swapped: the pixels as stored, before EXIF turned them. */
export function isMeasuredRaw(parsed: Pick<ParsedImage, 'width' | 'height'>, image: Size): boolean {
  return parsed.width === image.height && parsed.height === image.width && image.width !== image.height
}

/**
 * @param image the upright image of the task
 * @param orientation EXIF orientation 1…8 of the image file; read only where `isMeasuredRaw` says so, else 1
 */
export function fitToImage(parsed: ParsedImage, image: Size, orientation: number): Fitted {
  const fitted: Fitted = { objects: [], left_out: [], adjusted: [...(parsed.adjusted ?? [])] }
  const keypoints = new Map(parsed.keypoints?.map((list) => [list.class_name, list]))
  const isTurned = isMeasuredRaw(parsed, image) && orientation >= 5
  if (isTurned) fitted.adjusted.push(`turned upright (EXIF orientation ${orientation})`)
  else if (
    parsed.width !== null &&
    parsed.height !== null &&
    (parsed.width !== image.width || parsed.height !== image.height)
  )
    fitted.adjusted.push(
      `made for an image of ${parsed.width} × ${parsed.height}, this one has ${image.width} × ${image.height}; coordinates are taken as they are`,
    )
  let clipped = 0
  for (const [i, object] of parsed.objects.entries()) {
    const at = `object ${i + 1} (${object.class_name.slice(0, MAX_CLASS_NAME)})`
    const given = parsed.is_relative ? inPixels(object, image) : object.shape
    if (given === null) {
      fitted.left_out.push(`${at}: less than a hundredth of a pixel`)
      continue
    }
    const shape = isTurned ? turnUpright(given, { width: image.height, height: image.width }, orientation) : given
    const inside = clip(shape, image)
    if (object.class_name === '' || object.class_name.length > MAX_CLASS_NAME)
      fitted.left_out.push(`${at}: the class name is empty or longer than ${MAX_CLASS_NAME} characters`)
    else if (inside === null) fitted.left_out.push(`${at}: outside the image`)
    else if (fitted.objects.length >= OBJECTS_MAX) fitted.left_out.push(`${at}: ${TOO_MANY}`)
    else {
      if (inside !== shape) clipped++
      const { class_name, class_rank } = object
      const list = inside.type === 'skeleton' ? { keypoints: keypoints.get(class_name) } : {}
      fitted.objects.push({ class_name, class_rank, shape: inside, ...list })
    }
  }
  if (clipped > 0) fitted.adjusted.push(`${clipped} ${clipped === 1 ? 'object' : 'objects'} clipped to the image`)
  return fitted
}

/**
 * From stored pixels to upright ones. The eight orientations are those of Exif 2.32, tag 0x0112.
 * @param raw size of the stored image
 */
export function turnUpright(shape: Shape, raw: Size, orientation: number): Shape {
  const turn = (at: XY): XY => turnedPoint(at, raw, orientation)
  if (shape.type === 'polygon') return polygonOf(polygonRings(shape).map((ring) => ring.map(turn)))
  if (shape.type === 'mask') return turnedMask(shape, raw, orientation) ?? shape
  if (shape.type === 'skeleton') return turnedSkeleton(shape, turn)
  const [first, second, third] = frameCorners(shape).map(turn) as [XY, XY, XY, XY]
  const upright = boxFrom(first, third)
  if (angleOf(shape) === 0) return upright ? { ...upright, type: shape.type } : shape
  // Turned or mirrored, the first side shows the new angle; the size stays.
  const [cx, cy] = [(first[0] + third[0]) / 2, (first[1] + third[1]) / 2]
  const angle = (Math.atan2(second[1] - first[1], second[0] - first[0]) * 180) / Math.PI
  return withAngle({ ...shape, x: cx - shape.width / 2, y: cy - shape.height / 2 }, angle)
}

function turnedPoint([x, y]: XY, { width: w, height: h }: Size, orientation: number): XY {
  const turned: Record<number, XY> = {
    2: [w - x, y],
    3: [w - x, h - y],
    4: [x, h - y],
    5: [y, x],
    6: [h - y, x],
    7: [h - y, w - x],
    8: [y, w - x],
  }
  return turned[orientation] ?? [x, y]
}

function turnedSkeleton({ points }: Skeleton, turn: (at: XY) => XY): Skeleton {
  const turned = points.map((p) => {
    const [x, y] = turn([p.x, p.y])
    return { ...p, x, y }
  })
  return { type: 'skeleton', points: turned }
}

/** Pixel by pixel, by their middles. */
function turnedMask(mask: Mask, raw: Size, orientation: number): Mask | null {
  const spans: Span[] = []
  for (const { x, from, to } of maskSpans(mask)) {
    // A column of pixels becomes a column or a row.
    const [ax, ay] = turnedPoint([x + 0.5, from + 0.5], raw, orientation)
    const [bx, by] = turnedPoint([x + 0.5, to - 0.5], raw, orientation)
    const [top, bottom] = [Math.floor(Math.min(ay, by)), Math.floor(Math.max(ay, by)) + 1]
    for (let column = Math.floor(Math.min(ax, bx)); column <= Math.max(ax, bx); column++)
      spans.push({ x: column, from: top, to: bottom })
  }
  return maskOfSpans(joinedSpans(spans.sort((a, b) => a.x - b.x || a.from - b.from)))
}

/** The part inside the image; the same object if it lies inside; null if nothing is left. */
export function clip(shape: Shape, image: Size): Shape | null {
  const b = shapeBounds(shape)
  if (b.x >= 0 && b.y >= 0 && b.x + b.width <= image.width && b.y + b.height <= image.height) return shape
  if (shape.type === 'polygon') {
    const rings = polygonRings(shape)
      .map((ring) => cutToImage(ring, image))
      .filter((ring) => ring.length >= 3 && ringArea(ring) > 0)
    return rings.length > 0 ? polygonOf(rings) : null
  }
  if (shape.type === 'mask') return maskWithin(shape, { x: 0, y: 0, ...image })
  if (shape.type === 'skeleton') return clipSkeleton(shape, image)
  if (shape.type === 'ellipse' || angleOf(shape) !== 0) return clipTurned(shape, image)
  const x0 = Math.max(0, b.x)
  const y0 = Math.max(0, b.y)
  const x1 = Math.min(image.width, b.x + b.width)
  const y1 = Math.min(image.height, b.y + b.height)
  return x1 > x0 && y1 > y0 ? { type: 'box', x: x0, y: y0, width: x1 - x0, height: y1 - y0 } : null
}

/** Cut, an ellipse or a turned box would be another shape: it stays whole if its centre lies in the image. */
function clipTurned(shape: Framed, image: Size): Shape | null {
  const [x, y] = centreOf(shape)
  return x >= 0 && y >= 0 && x <= image.width && y <= image.height ? shape : null
}

/** Points beyond the edge stay where they are, as long as one lies in the image. */
function clipSkeleton(skeleton: Skeleton, { width, height }: Size): Skeleton | null {
  const isInside = skeleton.points.some(
    (p) => p.visibility > 0 && p.x >= 0 && p.y >= 0 && p.x <= width && p.y <= height,
  )
  return isInside ? skeleton : null
}
