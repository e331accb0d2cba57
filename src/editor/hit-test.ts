// Which objects are under the cursor or in a rectangle, best candidate first. Image pixels throughout.
import type Flatbush from 'flatbush'
import type { AnnotationObject } from '../model/annotation.ts'
import { isInEllipse } from '../model/shapes/ellipse.ts'
import { angleOf, frameCorners, intoFrame } from '../model/shapes/frame.ts'
import type { Bounds, XY } from '../model/shapes/geometry.ts'
import { type Shape, shapeArea, shapeBounds } from '../model/shapes/index.ts'
import { isInMask, maskMeets } from '../model/shapes/mask.ts'
import { outlineOf } from '../model/shapes/outline.ts'
import { isInPolygon } from '../model/shapes/polygon.ts'
import { createLazy } from './lazy.ts'

/** Below this a plain scan is as quick as building a tree after every edit. */
const SCAN_UP_TO = 200

const trees = new WeakMap<readonly AnnotationObject[], Flatbush>()
const flatbush = createLazy(async () => (await import('flatbush')).default)

/** Null until its code has come, at the first question about many objects: a plain scan answers the same. */
function treeOf(objects: readonly AnnotationObject[]): Flatbush | null {
  let tree = trees.get(objects) ?? null
  if (tree) return tree
  const build = (Tree: typeof Flatbush) => {
    tree = new Tree(objects.length)
    for (const o of objects) {
      const b = shapeBounds(o.shape)
      tree.add(b.x, b.y, b.x + b.width, b.y + b.height)
    }
    tree.finish()
    trees.set(objects, tree)
  }
  flatbush.use(build, () => {})
  return tree
}

/** The objects whose bounds touch `area`, in document order. The tree is built at the first question after an edit. */
export function objectsTouching(objects: readonly AnnotationObject[], area: Bounds): AnnotationObject[] {
  const tree = objects.length > SCAN_UP_TO ? treeOf(objects) : null
  if (!tree) return objects.filter((o) => touches(shapeBounds(o.shape), area))
  const found = tree.search(area.x, area.y, area.x + area.width, area.y + area.height)
  return found.sort((a, b) => a - b).map((i) => objects[i] as AnnotationObject)
}

/**
 * The objects under a point, the one a person most likely means first: smallest area (lines and points have none),
 * then nearest edge, then the one on top. `reach` is how far beside an edge still counts.
 */
export function objectsAt(objects: readonly AnnotationObject[], at: XY, reach: number): AnnotationObject[] {
  const around = { x: at[0] - reach, y: at[1] - reach, width: 2 * reach, height: 2 * reach }
  return objectsTouching(objects, around)
    .map((object, order) => ({ object, order, area: areaOf(object.shape), edge: edgeDistance(object.shape, at) }))
    .filter((hit) => hit.edge <= reach || covers(hit.object.shape, at))
    .sort((a, b) => a.area - b.area || a.edge - b.edge || b.order - a.order)
    .map((hit) => hit.object)
}

/** The area that counts for a click. A skeleton takes that of its bounds, or it would hide all that lies within. */
function areaOf(shape: Shape): number {
  if (shape.type !== 'skeleton') return shapeArea(shape)
  const { width, height } = shapeBounds(shape)
  return width * height
}

/** The objects that a marquee catches: those whose outline or inside it really meets, not only their bounds. */
export function objectsIn(objects: readonly AnnotationObject[], area: Bounds): AnnotationObject[] {
  const corners = frameCorners(area)
  return objectsTouching(objects, area).filter(({ shape }) => {
    if (shape.type === 'mask') return maskMeets(shape, area)
    if (shape.type === 'point' || (shape.type === 'box' && angleOf(shape) === 0)) return true
    if (outlineOf(shape).some((points) => points.some((p) => touches(spot(p), area)))) return true
    if (corners.some((c) => covers(shape, c))) return true
    return edgesOf(shape).some(([a, b]) => corners.some((c, i) => crosses(a, b, c, corners[(i + 1) % 4] as XY)))
  })
}

const spot = ([x, y]: XY): Bounds => ({ x, y, width: 0, height: 0 })
const touches = (a: Bounds, b: Bounds): boolean =>
  a.x <= b.x + b.width && b.x <= a.x + a.width && a.y <= b.y + b.height && b.y <= a.y + a.height

function covers(shape: Shape, at: XY): boolean {
  switch (shape.type) {
    case 'box':
      return touches({ x: shape.x, y: shape.y, width: shape.width, height: shape.height }, spot(intoFrame(shape, at)))
    case 'ellipse':
      return isInEllipse(shape, at)
    case 'polygon':
      return isInPolygon(at, shape)
    case 'mask':
      return isInMask(at, shape)
    case 'skeleton':
      return touches(shapeBounds(shape), spot(at))
    default:
      return false
  }
}

function edgesOf(shape: Shape): [XY, XY][] {
  return outlineOf(shape).flatMap((points) => {
    const edges = points.map((p, i): [XY, XY] => [p, points[(i + 1) % points.length] as XY])
    return shape.type === 'polyline' ? edges.slice(0, -1) : edges
  })
}

/** How many edges of a shape a segment crosses. */
export const crossings = (shape: Shape, a: XY, b: XY): number =>
  edgesOf(shape).filter(([c, d]) => crosses(a, b, c, d)).length

/** Distance from a point to the nearest edge of a shape. A mask has no edge, only pixels. */
export function edgeDistance(shape: Shape, at: XY): number {
  if (shape.type === 'mask') return isInMask(at, shape) ? 0 : Infinity
  return edgesOf(shape).reduce((nearest, [a, b]) => Math.min(nearest, segmentDistance(at, a, b)), Infinity)
}

/** The point on the edges of a shape that is nearest to a point. */
export function nearestOnEdges(shape: Shape, at: XY): XY {
  const points = edgesOf(shape).map(([a, b]) => nearestOnSegment(at, a, b))
  const distance = ([x, y]: XY) => Math.hypot(x - at[0], y - at[1])
  return points.reduce((best, p) => (distance(p) < distance(best) ? p : best), points[0] ?? [Infinity, Infinity])
}

function segmentDistance(at: XY, a: XY, b: XY): number {
  const [x, y] = nearestOnSegment(at, a, b)
  return Math.hypot(x - at[0], y - at[1])
}

function nearestOnSegment([px, py]: XY, [ax, ay]: XY, [bx, by]: XY): XY {
  const [dx, dy] = [bx - ax, by - ay]
  const length2 = dx * dx + dy * dy
  const t = length2 === 0 ? 0 : Math.min(1, Math.max(0, ((px - ax) * dx + (py - ay) * dy) / length2))
  return [ax + t * dx, ay + t * dy]
}

/** Whether two segments cross (signs of the four turns). Half-open, so that a vertex counts for one of its edges. */
function crosses(a: XY, b: XY, c: XY, d: XY): boolean {
  const turn = (p: XY, q: XY, r: XY) => (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])
  return turn(a, b, c) > 0 !== turn(a, b, d) > 0 && turn(c, d, a) > 0 !== turn(c, d, b) > 0
}
