// Pure edits of shapes: move, keep inside the image, replace, insert and remove vertices. Image pixels throughout.
import type { Box } from '../model/shapes/box.ts'
import { type Bounds, boundsOf, type XY } from '../model/shapes/geometry.ts'
import { type Shape, shapeArea, shapeBounds } from '../model/shapes/index.ts'
import { clamp, type Size } from './coordinates.ts'

/** Hundredths of a pixel: finer than a screen pixel at the highest zoom, and short in JSON. */
export const rounded = (value: number): number => Math.round(value * 100) / 100

/** The nearest point of the image, rounded. */
export function insideImage([x, y]: XY, image: Size): XY {
  return [clamp(rounded(x), 0, image.width), clamp(rounded(y), 0, image.height)]
}

/** The part of a shape that lies in the image; null if nothing with an extent is left. Lines keep their points. */
export function clipped(shape: Shape, image: Size): Shape | null {
  if (shape.type === 'point') {
    const [x, y] = insideImage([shape.x, shape.y], image)
    return { type: 'point', x, y }
  }
  if (shape.type === 'box')
    return boxBetween([shape.x, shape.y], [shape.x + shape.width, shape.y + shape.height], image)
  const points = shape.points.map((p) => insideImage(p as XY, image))
  const { width, height } = boundsOf(points)
  const result: Shape = { type: shape.type, points }
  const isEmpty = shape.type === 'polygon' ? shapeArea(result) === 0 : width === 0 && height === 0
  return isEmpty ? null : result
}

/** The box between two corners, inside the image; null if it has no area. */
export function boxBetween(a: XY, b: XY, image: Size): Box | null {
  const [x0, y0] = insideImage([Math.min(a[0], b[0]), Math.min(a[1], b[1])], image)
  const [x1, y1] = insideImage([Math.max(a[0], b[0]), Math.max(a[1], b[1])], image)
  const [width, height] = [rounded(x1 - x0), rounded(y1 - y0)]
  if (width <= 0 || height <= 0) return null
  return { type: 'box', x: x0, y: y0, width, height }
}

/** A shape moved by (dx, dy) and held in the image; the same shape if that would leave nothing of it. */
export function moved(shape: Shape, dx: number, dy: number, image: Size): Shape {
  if (dx === 0 && dy === 0) return shape
  const shifted: Shape =
    shape.type === 'box' || shape.type === 'point'
      ? { ...shape, x: shape.x + dx, y: shape.y + dy }
      : { type: shape.type, points: shape.points.map(([x, y]) => [x + dx, y + dy]) }
  return clipped(shifted, image) ?? shape
}

/** The part of a wished move after which these bounds are no further outside the image than before. */
export function allowedMove(bounds: Bounds, dx: number, dy: number, image: Size): XY {
  const right = image.width - bounds.x - bounds.width
  const down = image.height - bounds.y - bounds.height
  return [
    rounded(clamp(dx, Math.min(0, -bounds.x), Math.max(0, right))),
    rounded(clamp(dy, Math.min(0, -bounds.y), Math.max(0, down))),
  ]
}

/** The bounds around several shapes. */
export function boundsAround(shapes: readonly Shape[]): Bounds {
  return boundsOf(
    shapes.flatMap((s) => {
      const b = shapeBounds(s)
      return [[b.x, b.y] as XY, [b.x + b.width, b.y + b.height] as XY]
    }),
  )
}

/** The vertices of a polygon or polyline; empty for other shapes. */
export const verticesOf = (shape: Shape): readonly XY[] =>
  shape.type === 'polygon' || shape.type === 'polyline' ? (shape.points as XY[]) : []

/** With vertex `index` at `to`. */
export function withVertex(shape: Shape, index: number, to: XY, image: Size): Shape {
  if (shape.type !== 'polygon' && shape.type !== 'polyline') return shape
  const points = shape.points.map((p, i) => (i === index ? insideImage(to, image) : (p as XY)))
  return { type: shape.type, points }
}

/** With a new vertex at `at`, before vertex `index`. */
export function withInsertedVertex(shape: Shape, index: number, at: XY, image: Size): Shape {
  if (shape.type !== 'polygon' && shape.type !== 'polyline') return shape
  return { type: shape.type, points: shape.points.toSpliced(index, 0, insideImage(at, image)) }
}

/** Without vertex `index`; the same shape if it would have too few points or no extent left. */
export function withoutVertex(shape: Shape, index: number): Shape {
  if (shape.type !== 'polygon' && shape.type !== 'polyline') return shape
  if (shape.points.length <= (shape.type === 'polygon' ? 3 : 2)) return shape
  return sound({ type: shape.type, points: shape.points.toSpliced(index, 1) }) ?? shape
}

/** The shape if it has an extent, else null: a polygon with no area, a line on one spot. */
export function sound(shape: Shape): Shape | null {
  if (shape.type === 'polygon') return shapeArea(shape) > 0 ? shape : null
  if (shape.type !== 'polyline') return shape
  const { width, height } = shapeBounds(shape)
  return width > 0 || height > 0 ? shape : null
}
