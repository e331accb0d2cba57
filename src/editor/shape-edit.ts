// Pure edits of shapes: move, keep inside the image, replace, insert and remove vertices. Image pixels throughout.
import type { Box } from '../model/shapes/box.ts'
import { cutToImage } from '../model/shapes/cut-to-image.ts'
import { angleOf, centreOf, withAngle } from '../model/shapes/frame.ts'
import { type Bounds, boundsOf, hundredths, MAX_POINTS, type XY } from '../model/shapes/geometry.ts'
import { type Framed, isFramed, type Shape, shapeArea, shapeBounds } from '../model/shapes/index.ts'
import { type Mask, maskWithin } from '../model/shapes/mask.ts'
import { liesIn, type Polygon, polygonOf, polygonRings, ringArea } from '../model/shapes/polygon.ts'
import { labelledPlaces, type Skeleton } from '../model/shapes/skeleton.ts'
import { clamp, type Size } from './coordinates.ts'

/** The nearest point of the image, rounded. */
export function insideImage([x, y]: XY, image: Size): XY {
  return [clamp(hundredths(x), 0, image.width), clamp(hundredths(y), 0, image.height)]
}

const rounded = ([x, y]: XY): XY => [hundredths(x), hundredths(y)]
export const isInside = ([x, y]: XY, { width, height }: Size): boolean => x >= 0 && y >= 0 && x <= width && y <= height

/**
 * The part of a shape that lies in the image; null if nothing with an extent is left. A skeleton keeps its points beyond
 * the edge, as in an import.
 */
export function clipped(shape: Shape, image: Size): Shape | null {
  if (shape.type === 'point') return isInside([shape.x, shape.y], image) ? shape : null
  if (isFramed(shape)) return clippedFrame(shape, image)
  if (shape.type === 'mask') return clippedMask(shape, image)
  if (shape.type === 'skeleton') {
    const even = withPlaces(shape, placesOf(shape).map(rounded))
    return labelledPlaces(even).some((p) => isInside(p, image)) ? even : null
  }
  const cut = (points: readonly XY[]) =>
    cutToImage(points, image, shape.type === 'polyline').map((p) => insideImage(p, image))
  if (shape.type === 'polygon') return soundPolygon(polygonRings(shape).map(cut))
  return sound({ type: 'polyline', points: cut(shape.points as XY[]) })
}

/** What is round or turned would become another shape. */
export const isCut = (shape: Framed): boolean => shape.type === 'box' && angleOf(shape) === 0

/** What is not cut stays if its centre is inside. */
function clippedFrame(shape: Framed, image: Size): Framed | null {
  if (isCut(shape)) return boxBetween([shape.x, shape.y], [shape.x + shape.width, shape.y + shape.height], image)
  if (!isInside(centreOf(shape), image)) return null
  return { ...shape, x: hundredths(shape.x), y: hundredths(shape.y) }
}

/** The part of a mask in the image. */
export function clippedMask(mask: Mask, image: Size): Mask | null {
  const isInside =
    mask.x >= 0 && mask.y >= 0 && mask.x + mask.width <= image.width && mask.y + mask.height <= image.height
  return isInside ? mask : maskWithin(mask, { x: 0, y: 0, ...image })
}

/** The polygon of those rings that have an area; null if none has, or one has too many points. */
function soundPolygon(rings: readonly XY[][]): Polygon | null {
  const left = rings.filter((ring) => ringArea(ring) > 0)
  if (left.length === 0 || left.some((ring) => ring.length > MAX_POINTS)) return null
  const result = polygonOf(left)
  return shapeArea(result) > 0 ? result : null
}

/** The box between two corners, inside the image; null if it has no area. */
export function boxBetween(a: XY, b: XY, image: Size): Box | null {
  const [x0, y0] = insideImage([Math.min(a[0], b[0]), Math.min(a[1], b[1])], image)
  const [x1, y1] = insideImage([Math.max(a[0], b[0]), Math.max(a[1], b[1])], image)
  const [width, height] = [hundredths(x1 - x0), hundredths(y1 - y0)]
  if (width <= 0 || height <= 0) return null
  return { type: 'box', x: x0, y: y0, width, height }
}

/** A shape moved by (dx, dy) and held in the image; the same shape if that would leave nothing of it. */
export function moved(shape: Shape, dx: number, dy: number, image: Size): Shape {
  if (dx === 0 && dy === 0) return shape
  // A point in the image stays in it; one that lay beyond, as imported skeletons have, is not drawn in.
  const held = (p: XY): XY => {
    const to = rounded([p[0] + dx, p[1] + dy])
    return isInside(p, image) ? insideImage(to, image) : to
  }
  if (shape.type === 'skeleton') return withPlaces(shape, placesOf(shape).map(held))
  if (shape.type === 'point') {
    const [x, y] = held([shape.x, shape.y])
    return { ...shape, x, y }
  }
  return clipped(shifted(shape, dx, dy), image) ?? shape
}

function shifted(shape: Exclude<Shape, Skeleton>, dx: number, dy: number): Shape {
  const shift = (points: readonly XY[]) => points.map(([x, y]): XY => [x + dx, y + dy])
  if (shape.type === 'polygon') return polygonOf(polygonRings(shape).map(shift))
  if (shape.type === 'polyline') return { type: 'polyline', points: shift(shape.points as XY[]) }
  // A mask moves by whole pixels.
  if (shape.type === 'mask') return { ...shape, x: shape.x + Math.round(dx), y: shape.y + Math.round(dy) }
  return { ...shape, x: shape.x + dx, y: shape.y + dy }
}

/** A frame turned to this angle, in degrees. Its size stays as it is, but a box that is upright again is cut to the image. */
export function turnedTo(shape: Framed, degrees: number, image: Size): Framed {
  return clippedFrame(withAngle(shape, degrees), image) ?? shape
}

/**
 * The part of a wished move after which these bounds are no further outside the image than before.
 * @param isWhole  by whole pixels: a mask is among what moves, and all of it is one piece
 */
export function allowedMove(bounds: Bounds, dx: number, dy: number, image: Size, isWhole: boolean): XY {
  const part = (wish: number, before: number, after: number) => {
    const [low, high] = [Math.min(0, -before), Math.max(0, after)]
    return isWhole ? clamp(Math.round(wish), Math.ceil(low), Math.floor(high)) : hundredths(clamp(wish, low, high))
  }
  return [
    part(dx, bounds.x, image.width - bounds.x - bounds.width),
    part(dy, bounds.y, image.height - bounds.y - bounds.height),
  ]
}

export const hasMask = (shapes: readonly Shape[]): boolean => shapes.some((s) => s.type === 'mask')

/** The bounds around several shapes. */
export function boundsAround(shapes: readonly Shape[]): Bounds {
  return boundsOf(
    shapes.flatMap((s) => {
      const b = shapeBounds(s)
      return [[b.x, b.y] as XY, [b.x + b.width, b.y + b.height] as XY]
    }),
  )
}

const placesOf = (skeleton: Skeleton): XY[] => skeleton.points.map(({ x, y }): XY => [x, y])

function withPlaces(skeleton: Skeleton, places: readonly XY[]): Skeleton {
  const points = skeleton.points.map((p, i) => {
    const [x, y] = places[i] ?? [p.x, p.y]
    return { ...p, x, y }
  })
  return { type: 'skeleton', points }
}

/** With a point seen → hidden → not labelled → seen. */
export function withNextVisibility(skeleton: Skeleton, index: number): Skeleton {
  const points = skeleton.points.map((p, i) => (i === index ? { ...p, visibility: (p.visibility + 2) % 3 } : p))
  return { type: 'skeleton', points }
}

/** A vertex of a polygon or polyline, or a point of a skeleton: which ring, and which point of it. */
export type VertexPlace = { readonly ring: number; readonly index: number }

/** The rings of a polygon; the points of a polyline or skeleton as the only one; empty for other shapes. */
export function vertexRings(shape: Shape): readonly XY[][] {
  if (shape.type === 'polygon') return polygonRings(shape)
  if (shape.type === 'skeleton') return [placesOf(shape)]
  return shape.type === 'polyline' ? [shape.points as XY[]] : []
}

/** With one of its rings as `edit` makes it. */
function withRing(shape: Shape, at: number, edit: (ring: XY[]) => XY[]): Shape {
  const rings = vertexRings(shape).map((ring, i) => (i === at ? edit(ring) : ring))
  if (shape.type === 'polygon') return polygonOf(rings)
  if (shape.type === 'skeleton') return withPlaces(shape, rings[0] ?? [])
  return shape.type === 'polyline' ? { type: 'polyline', points: rings[0] ?? [] } : shape
}

export const withVertex = (shape: Shape, { ring, index }: VertexPlace, to: XY, image: Size): Shape =>
  withRing(shape, ring, (points) => points.map((p, i) => (i === index ? insideImage(to, image) : p)))

/** With a new vertex at `at`, before vertex `index`. */
export const withInsertedVertex = (shape: Shape, { ring, index }: VertexPlace, at: XY, image: Size): Shape =>
  withRing(shape, ring, (points) => points.toSpliced(index, 0, insideImage(at, image)))

/** Without a vertex. A ring that would have too few goes, with all that lies in it; the same shape if nothing would be left. */
export function withoutVertex(shape: Shape, { ring, index }: VertexPlace): Shape {
  const points = vertexRings(shape)[ring]
  if (!points || shape.type === 'skeleton') return shape
  if (points.length > (shape.type === 'polygon' ? 3 : 2))
    return sound(withRing(shape, ring, (all) => all.toSpliced(index, 1))) ?? shape
  if (shape.type !== 'polygon' || !shape.rings) return shape
  return soundPolygon(polygonRings(shape).filter((other, i) => i !== ring && !liesIn(other, points))) ?? shape
}

/** The shape if it has an extent, else null: a polygon with no area, a line on one spot. */
export function sound(shape: Shape): Shape | null {
  if (shape.type === 'polygon')
    return polygonRings(shape).every((r) => ringArea(r) > 0) && shapeArea(shape) > 0 ? shape : null
  if (shape.type !== 'polyline') return shape
  const { width, height } = shapeBounds(shape)
  return width > 0 || height > 0 ? shape : null
}
