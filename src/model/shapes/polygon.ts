// A polygon of one or more closed rings, in pixels of the upright image. A place belongs to it if it lies inside an odd
// number of its rings: so a ring within another is a hole, and one beside it is another part of the same object.
import { type Static, Type } from 'typebox'
import { Fields } from '../schema.ts'
import { PointsSchema, type XY } from './geometry.ts'

/** The most further rings; what is drawn has a few. */
export const MAX_RINGS = 200

export const PolygonSchema = Fields({
  type: Type.Literal('polygon'),
  points: PointsSchema(3),
  /** Holes and further parts; left out if there are none. */
  rings: Type.Optional(Type.Array(PointsSchema(3), { minItems: 1, maxItems: MAX_RINGS })),
})
export type Polygon = Static<typeof PolygonSchema>

/** All rings, the outline first. */
export const polygonRings = (p: Polygon): XY[][] => [p.points as XY[], ...((p.rings ?? []) as XY[][])]

/** The polygon of these rings, the outline first. */
export function polygonOf([points = [], ...rings]: readonly XY[][]): Polygon {
  return rings.length === 0 ? { type: 'polygon', points } : { type: 'polygon', points, rings }
}

/** Square pixels, whichever way the ring goes around. */
export const ringArea = (points: readonly XY[]): number => Math.abs(signedArea(points))

/** Square pixels by the shoelace formula (Meister 1769), positive for a ring that goes clockwise as seen on the screen. */
export function signedArea(points: readonly XY[]): number {
  let twice = 0
  for (let i = 0, j = points.length - 1; i < points.length; j = i++) {
    const [x1, y1] = points[j] as XY
    const [x2, y2] = points[i] as XY
    twice += x1 * y2 - x2 * y1
  }
  return twice / 2
}

/** Square pixels; holes do not count. Exact as long as rings do not cross. */
export function polygonArea(p: Polygon): number {
  if (!p.rings) return ringArea(p.points as XY[])
  const rings = polygonRings(p)
  const signed = rings.map((ring, i) => (isHole(i, rings) ? -ringArea(ring) : ringArea(ring)))
  return Math.max(
    0,
    signed.reduce((sum, area) => sum + area, 0),
  )
}

/** Whether a ring lies within an odd number of the others. */
export const isHole = (index: number, rings: readonly XY[][]): boolean =>
  rings.filter((other, j) => j !== index && liesIn(rings[index] as XY[], other)).length % 2 === 1

/** Rings that do not cross may still touch, so most points decide. */
export const liesIn = (ring: readonly XY[], other: readonly XY[]): boolean =>
  ring.filter((p) => isInRing(p, other)).length * 2 > ring.length

/** Whether a point lies inside a ring (even-odd rule, ray to the right). */
export function isInRing([x, y]: XY, points: readonly XY[]): boolean {
  let inside = false
  for (let i = 0, j = points.length - 1; i < points.length; j = i++) {
    const [xi, yi] = points[i] as XY
    const [xj, yj] = points[j] as XY
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside
  }
  return inside
}

/** Whether a point lies in the polygon and not in a hole of it. */
export const isInPolygon = (at: XY, p: Polygon): boolean =>
  polygonRings(p).filter((ring) => isInRing(at, ring)).length % 2 === 1
